import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** The people who use the sample organisation, each with what they may do. */
export const people = {
  /** Governance lead, and lead of Access governance. */
  farid: { name: 'Farid Rahmani', email: 'farid.rahmani@kestrelbay.example', role: 'governance_lead' },
  leila: { name: 'Leila Haddad', email: 'leila.haddad@kestrelbay.example', role: 'admin' },
  mei: { name: 'Mei Tanaka', email: 'mei.tanaka@kestrelbay.example', role: 'auditor' },
  chidi: { name: 'Chidi Eze', email: 'chidi.eze@kestrelbay.example', role: 'engineer' },
  emily: { name: 'Emily Hart', email: 'emily.hart@kestrelbay.example', role: 'member' },
  /** Lead of Cloud platform. */
  grace: { name: 'Grace Mutua', email: 'grace.mutua@kestrelbay.example', role: 'member' },
  /** Lead of Privileged access. */
  hana: { name: 'Hana Kim', email: 'hana.kim@kestrelbay.example', role: 'member' },
} as const
export type Who = keyof typeof people
export const everybody = Object.keys(people) as Who[]

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run the end-to-end tests with: npm test -- e2e`)
  return value
}

/** The address of the app under test. */
export const baseUrl = (): string => required('PENTARCH_E2E_URL').replace(/\/$/, '')
export const dataDir = (): string => required('PENTARCH_DATA_DIR')
const inDataDir = (file: string) => readFileSync(path.join(dataDir(), file), 'utf8')

/** The password that the seed handed out. */
export function passwordOf(who: Who): string {
  const accounts = z
    .array(z.object({ email: z.string(), password: z.string() }))
    .parse(JSON.parse(inDataDir('accounts.json')))
  const account = accounts.find(({ email }) => email === people[who].email)
  if (!account) throw new Error(`The sample has no account ${people[who].email}`)
  return account.password
}

/** The token that the seed left for the command line: the governance lead's. */
export function commandLineToken(): string {
  return z.object({ token: z.string() }).parse(JSON.parse(inDataDir('cli.json'))).token
}

/** Where the global set-up keeps the session of each. */
export const sessionFile = (who: Who): string =>
  path.join(process.env.PENTARCH_E2E_OUTPUT ?? path.join('.test', 'e2e'), 'sessions', `${who}.json`)

/** The browser's storage to start from: somebody's session, or nobody's. */
export const sessionOf = (who: Who | null) => (who === null ? { cookies: [], origins: [] } : sessionFile(who))
