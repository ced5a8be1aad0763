import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { keptSecret, writePrivate } from '@/lib/db/embedded/kept-secret'
import { startEmbedded } from '@/lib/db/embedded/server'
import { acquireLock } from '../lock.mjs'
import type { DemoSettings } from './settings'
import type { Teardown } from './teardown'

const accountsSchema = z.array(z.object({ email: z.string(), password: z.string(), role: z.string() }))
const profileSchema = z.object({ url: z.string(), token: z.string() })

/** How to sign in, as the seed made it. */
export type Accounts = z.infer<typeof accountsSchema>

/** The data directory of a demo, held by one command at a time. */
export async function openHome(teardown: Teardown, settings: DemoSettings): Promise<string> {
  const home = path.resolve(settings.PENTARCH_DATA_DIR)
  // Others may pass through (the database's account, when root runs Pentarch); each secret in it is closed by itself.
  await mkdir(home, { recursive: true, mode: 0o711 })
  // An earlier start that is just stopping has a moment to.
  const refuse = (pid: number) => {
    throw new Error(`Process ${pid} uses ${home} already. Choose another folder: PENTARCH_DATA_DIR=…`)
  }
  await teardown.hold(acquireLock(path.join(home, 'lock'), { onWait: refuse, patienceMs: 5_000 }), (release) =>
    release(),
  )
  return home
}

/** Connection string of the database: the operator's own, or the embedded one, started. */
export async function openDatabase(teardown: Teardown, settings: DemoSettings, home: string, onLoss: () => void) {
  if (settings.DATABASE_URL) return settings.DATABASE_URL
  const server = await teardown.hold(startEmbedded({ dataDir: home, durable: !settings.throwAway }), (held) =>
    held.stop(),
  )
  void server.ended.then(onLoss)
  return server.ensureDatabase('pentarch')
}

/** What the app reads from its environment, secrets made on the first start. */
export async function appEnvironment(settings: DemoSettings, home: string, connectionString: string) {
  return {
    DATABASE_URL: connectionString,
    NEXTAUTH_SECRET: await keptSecret(path.join(home, 'nextauth.secret')),
    NEXTAUTH_URL: appUrl(settings),
    PENTARCH_DATA_DIR: home,
    PORT: String(settings.PORT),
    ...(settings.SMTP_URL && { SMTP_URL: settings.SMTP_URL }),
    ...(settings.MAIL_FROM && { MAIL_FROM: settings.MAIL_FROM }),
    ...(settings.clockFile && { PENTARCH_TEST_CLOCK: settings.clockFile }),
    // Tests ask as nobody does in life, and from one address.
    ...(settings.throwAway && {
      RATE_LIMIT_ACCOUNT: '1000000',
      RATE_LIMIT_TOKEN: '1000000',
      RATE_LIMIT_ADDRESS: '100000',
    }),
  }
}

export const appUrl = ({ PORT }: DemoSettings): string => `http://localhost:${PORT}`

/** Keeps what the seed handed out: the accounts for the next start's greeting, the token for the command line. */
export async function keepSeeded(home: string, seeded: { accounts: Accounts; token: string }, url: string) {
  await writePrivate(path.join(home, 'accounts.json'), JSON.stringify(seeded.accounts, null, 2))
  await writeProfile(home, { url, token: seeded.token })
}

/** Points the command line's profile at this start's address. */
export async function refreshProfile(home: string, url: string): Promise<void> {
  const profile = await readKept(path.join(home, 'cli.json'), profileSchema)
  if (profile && profile.url !== url) await writeProfile(home, { ...profile, url })
}

/** The accounts that an earlier start of this data directory made. */
export async function keptAccounts(home: string): Promise<Accounts> {
  return (await readKept(path.join(home, 'accounts.json'), accountsSchema)) ?? []
}

const writeProfile = (home: string, profile: z.infer<typeof profileSchema>) =>
  writePrivate(path.join(home, 'cli.json'), `${JSON.stringify(profile, null, 2)}\n`)

async function readKept<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : schema.parse(JSON.parse(text))
}
