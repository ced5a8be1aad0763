import { database } from '@/lib/db/client'
import { launchCampaign } from '@/lib/recertification/launch/launch'

/** One launch of a campaign as the job does it; says how long it took and how much memory the process had at most. */
const [id = ''] = process.argv.slice(2)
const started = performance.now()
await launchCampaign(id, {
  database: database(),
  requestId: 'bench',
  clock: () => new Date(),
  isLate: () => false,
})
const ms = performance.now() - started
const { state, itemsReady: items } = await database().prisma.campaign.findUniqueOrThrow({ where: { id } })
if (state !== 'running') throw new Error(`The campaign is ${state}`)
console.log(JSON.stringify({ ms, megabytes: process.resourceUsage().maxRSS / 1024, items }))
await database().close()
