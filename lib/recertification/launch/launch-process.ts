import { createInterface } from 'node:readline'
import { openDatabase } from '@/lib/db/client'
import { launchCampaign } from './launch'

/** Launches a campaign in a process of its own, which a test kills. It says when it is ready and begins at a line of input. */
const [connectionString = '', id = '', batch = '', at = ''] = process.argv.slice(2)
const database = openDatabase(connectionString)
const clock = () => new Date(at)
const input = createInterface({ input: process.stdin })
await database.prisma.campaign.findUnique({ where: { id } })
process.stdout.write('ready\n')
input.once('line', async () => {
  input.close()
  await launchCampaign(id, { database, requestId: 'kill test', clock, isLate: () => false, batch: Number(batch) })
  await database.close()
})
