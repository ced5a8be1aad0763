import path from 'node:path'
import { migrate } from '@/lib/db/migrate'
import { seed } from '@/prisma/seed'
import { type AppMode, requireFreePort, startApp } from './app'
import { acquireBuild } from './build'
import { startDemoPoints } from './demo-points'
import {
  type Accounts,
  appEnvironment,
  appUrl,
  keepSeeded,
  keptAccounts,
  openDatabase,
  openHome,
  refreshProfile,
} from './home'
import type { DemoSettings } from './settings'
import { step } from './steps'
import type { Teardown } from './teardown'

/** A Pentarch running on this machine. */
export interface LocalRun {
  url: string
  connectionString: string
  accounts: Accounts
  /** Settles with the reason when app or database ends by itself. */
  lost: Promise<string>
}

/** Brings up database, schema, seed and app, in this order; `teardown` takes them down in reverse. */
export async function runLocal(teardown: Teardown, settings: DemoSettings, mode: AppMode): Promise<LocalRun> {
  await requireFreePort(settings.HOST, settings.PORT)
  const home = await openHome(teardown, settings)
  let lose = (_reason: string) => {}
  const lost = new Promise<string>((resolve) => {
    lose = resolve
  })

  const connectionString = await step('Database', () =>
    openDatabase(teardown, settings, home, () =>
      lose(`The database has stopped; see ${path.join(home, 'postgres.log')}`),
    ),
  )
  await step('Migrations', () => migrate(connectionString))
  const env = await appEnvironment(settings, home, connectionString)
  Object.assign(process.env, env)
  const url = appUrl(settings)
  await step('Seed', async () => {
    const seeded = await seed({ connectionString, kind: settings.PENTARCH_SEED, now: new Date() })
    await (seeded ? keepSeeded(home, seeded, url) : refreshProfile(home, url))
    if (settings.PENTARCH_SEED === 'sample')
      await startDemoPoints(teardown, { connectionString, home, isNew: seeded !== null })
  })

  const build =
    mode === 'dev'
      ? undefined
      : await step('Build', () => teardown.hold(acquireBuild(teardown), (held) => held.release()))
  const logFile = mode === 'dev' ? undefined : path.join(home, 'app.log')
  const app = await step('App', () =>
    teardown.hold(
      startApp({
        mode,
        host: settings.HOST,
        port: settings.PORT,
        env: { ...env, ...(build && { PENTARCH_DIST_DIR: build.distDir }) },
        ...(logFile && { logFile }),
      }),
      (held) => held.stop(),
    ),
  )
  void app.ended.then(() => lose(`The app has stopped${logFile ? `; see ${logFile}` : ''}`))
  return { url, connectionString, accounts: await keptAccounts(home), lost }
}

/** Says that it is ready and how to sign in, as INTERFACES promise, and stays until something ends by itself. */
export async function greetAndStay({ url, accounts, lost }: LocalRun): Promise<never> {
  console.log(`\nPentarch is ready: ${url}\n`)
  if (accounts.length > 0) console.log('Sign in as')
  for (const { email, password, role } of accounts) console.log(`  ${role.padEnd(16)} ${email.padEnd(32)} ${password}`)
  console.log('\nCtrl-C stops it; the next start finds its data.')
  throw new Error(await lost)
}
