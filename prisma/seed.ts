import { v7 as uuidv7 } from 'uuid'
import { type Role, tokenScopes } from '@/lib/access/model'
import { hashPassword } from '@/lib/access/password'
import { makeToken } from '@/lib/access/tokens/token'
import { type Database, openDatabase } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { runSampleCampaigns } from './sample-campaigns'
import { beginRegister, bringUpToDate, settle } from './sample-register'

const password = 'pentarch-demo'

interface DemoAccount {
  email: string
  name: string
  role: Role
  /** External id of the person in the sample, who brings their standing: what they lead, what they answer for. */
  person: string | null
}

const kestrel = (person: string, name: string, role: Role): DemoAccount => ({
  email: `${person}@kestrelbay.example`,
  name,
  role,
  person,
})

/** One account for each role, and two leads of teams that have been asked to take something on. The first keeps the command line's token. */
const accountsOf: Record<'sample' | 'empty', readonly [DemoAccount, ...DemoAccount[]]> = {
  sample: [
    kestrel('farid.rahmani', 'Farid Rahmani', 'governance_lead'),
    kestrel('leila.haddad', 'Leila Haddad', 'admin'),
    kestrel('mei.tanaka', 'Mei Tanaka', 'auditor'),
    kestrel('chidi.eze', 'Chidi Eze', 'engineer'),
    kestrel('emily.hart', 'Emily Hart', 'member'),
    kestrel('grace.mutua', 'Grace Mutua', 'member'),
    kestrel('hana.kim', 'Hana Kim', 'member'),
  ],
  empty: [{ email: 'admin@pentarch.example', name: 'Admin', role: 'admin', person: null }],
}

export interface SeedOptions {
  connectionString: string
  /** `sample` is an organisation to look around in, `empty` has one admin and nothing else. */
  kind: 'sample' | 'empty'
  now: Date
}

/** What the seed hands out: how to sign in, and a token for the command line. */
export interface Seeded {
  accounts: { email: string; password: string; role: Role }[]
  token: string
}

/**
 * Fills a database that nobody can sign in to; null when somebody can already. The password of the accounts comes last
 * and all at once: a seed that was stopped half way is simply done again, for importing the same twice changes nothing,
 * and what campaigns have come to since the accounts are there is not imported over.
 */
export async function seed({ connectionString, kind, now }: SeedOptions): Promise<Seeded | null> {
  const database = openDatabase(connectionString, 2)
  try {
    await syncReferenceData(database)
    const { account } = database.prisma
    if ((await account.count({ where: { passwordHash: { not: noPassword } } })) > 0) return null
    if ((await account.count()) === 0) {
      if (kind === 'sample') await beginRegister(database, now)
      await createAccounts(database, accountsOf[kind], now)
    }
    if (kind === 'sample') {
      await runSampleCampaigns(database, now)
      await bringUpToDate(database, now)
      await settle(database, now)
    }
    return await openAccounts(database, accountsOf[kind], now)
  } finally {
    await database.close()
  }
}

/** Of an account that nobody can sign in with yet. */
const noPassword = ''

async function createAccounts(database: Database, accounts: readonly DemoAccount[], now: Date): Promise<void> {
  const rows = await Promise.all(
    accounts.map(async ({ email, name, role, person }) => {
      const where = { where: { externalId: person ?? '' }, select: { id: true } }
      const personId = person === null ? null : (await database.prisma.person.findUniqueOrThrow(where)).id
      return { id: uuidv7(), email, name, role, personId, passwordHash: noPassword, createdAt: now }
    }),
  )
  await database.prisma.account.createMany({ data: rows })
}

/** Gives the accounts their password, and the first of them a token for the command line. */
async function openAccounts(
  database: Database,
  accounts: readonly [DemoAccount, ...DemoAccount[]],
  now: Date,
): Promise<Seeded> {
  // They share one well-known password, so there is nothing to hide in a salt for each.
  const passwordHash = await hashPassword(password)
  const { token, prefix, hash } = makeToken()
  await database.transaction(async ({ prisma }) => {
    await prisma.account.updateMany({ data: { passwordHash } })
    const { id: accountId } = await prisma.account.findUniqueOrThrow({ where: { email: accounts[0].email } })
    const name = 'Command line'
    await prisma.apiToken.create({
      data: { id: uuidv7(), accountId, name, prefix, hash, scopes: [...tokenScopes], createdAt: now },
    })
  })
  return { accounts: accounts.map(({ email, role }) => ({ email, password, role })), token }
}
