import type { TestProject } from 'vitest/node'
import { startEmbedded } from '@/lib/db/embedded/server'
import { migrate } from '@/lib/db/migrate'
import { scratchDirectory } from './scratch'

const TEMPLATE = 'pentarch_template'

/** Vitest's global set-up for integration tests: a throw-away server with the template that test databases copy. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const scratch = await scratchDirectory('vitest')
  const server = await startEmbedded({ dataDir: scratch.path, durable: false })
  await migrate(await server.ensureDatabase(TEMPLATE))
  provide('testServer', server.url('postgres'))
  provide('testTemplate', TEMPLATE)
  return async () => {
    await server.stop()
    await scratch.remove()
  }
}
