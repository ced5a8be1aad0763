import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { type Role, tokenScopes } from '@/lib/access/model'
import { hashPassword } from '@/lib/access/password'
import { makeToken } from '@/lib/access/tokens/token'
import { type Database, openDatabase } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import type { ReadImport } from '@/lib/importers/apply/apply'
import { importers } from '@/lib/importers/index'
import type { ImportFile, ImportKind } from '@/lib/importers/model'
import { runSampleCampaigns } from './sample-campaigns'
import { importRead } from './sample-import'
import { daysBefore, daysBetween, estateAt, shiftEstate } from './shift-estate'

/** The sample's dates are written as if this were today. */
const sampleToday = new Date('2026-11-24T00:00:00Z')
const sampleFolder = path.join(import.meta.dirname, 'sample')
/** Published inputs that the sample's estate files build on. */
const sampleInputs = ['a2a', 'mcp-registry', 'mcp-tools'] as const satisfies readonly ImportKind[]

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
      if (kind === 'sample') await loadSample(database, now)
      await createAccounts(database, accountsOf[kind], now)
    }
    if (kind === 'sample') await runSampleCampaigns(database, now)
    return await openAccounts(database, accountsOf[kind], now)
  } finally {
    await database.close()
  }
}

/** How many days ago the organisation began to keep its register, and when what has happened since was brought in. */
const beganDaysAgo = 6
const broughtInDaysAgo = 2

/**
 * Loads the sample as the organisation would have: everything when it began, and what happened since some days later, so
 * that there is a past to look at. It is short enough for what was found at the beginning not to be overdue.
 */
async function loadSample(database: Database, now: Date): Promise<void> {
  const began = daysBefore(now, beganDaysAgo)
  const load = (at: Date, kind: ImportKind, files: ImportFile[], read: ReadImport) =>
    importRead(database, at, { kind, files: files.map(({ name }) => name), read })
  for (const kind of sampleInputs) {
    const files = await filesIn(path.join(sampleFolder, 'inputs', kind))
    await load(began, kind, files, () => importers[kind](files))
  }
  const files = await filesIn(sampleFolder)
  for (const at of [began, daysBefore(now, broughtInDaysAgo)])
    await load(at, 'estate', files, () => {
      const parsed = importers.estate(files)
      return { ...parsed, estate: estateAt(shiftEstate(parsed.estate, daysBetween(sampleToday, now)), at) }
    })
}

async function filesIn(folder: string): Promise<ImportFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort()
  return await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })))
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
