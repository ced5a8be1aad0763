import { migrate } from '@/lib/db/migrate'
import { requireFreePort, startApp } from './support/app'
import { acquireExistingBuild } from './support/build'
import { setUpLink } from './support/set-up-link'
import { readStartSettings } from './support/settings'
import { supervise, type Teardown } from './support/teardown'

/** `npm start`: the built app on the operator's own database. Refuses to start on a setting that is missing or bad. */
async function start(teardown: Teardown): Promise<number> {
  const settings = readStartSettings()
  const { HOST: host, PORT: port, DATABASE_URL: connectionString } = settings
  await requireFreePort(host, port)
  const build = await teardown.hold(acquireExistingBuild(teardown), (held) => held.release())
  const applied = await migrate(connectionString)
  for (const name of applied) console.log(`Migrated the database: ${name}`)
  const link = await setUpLink(connectionString)
  if (link !== null) console.log(`Nobody can sign in yet. Make the first administrator within a day: ${link}`)
  const env = { ...settings, PORT: String(port), PENTARCH_DIST_DIR: build.distDir }
  const app = await teardown.hold(startApp({ mode: 'start', host, port, env }), (held) => held.stop())
  console.log(`Pentarch is ready: ${settings.NEXTAUTH_URL}`)
  await app.ended
  return 1
}

await supervise(start, { interruptedCode: 0 })
