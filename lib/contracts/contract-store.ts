import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { limitsShape } from './model'
import type { Signer, Writers } from './states'

const teamFields = { select: { id: true, slug: true, name: true, function: true, status: true } } as const
const toolFields = { select: { id: true, slug: true, name: true, kind: true, lifecycle: true } } as const

/** One version of a tool's contract, as the use cases work on it. */
export async function getContract(db: Db, tool: string, version: number) {
  const row = await db.prisma.contract.findFirst({
    where: { tool: { slug: tool }, version },
    include: { tool: toolFields, author: teamFields },
  })
  return row && { ...row, limits: limitsShape.parse(row.limits) }
}
export type StoredContract = NonNullable<Awaited<ReturnType<typeof getContract>>>

/** The versions of a tool's contract, newest first. */
export async function versionsOf(db: Db, toolId: string, take: number) {
  return await db.prisma.contract.findMany({
    where: { toolId },
    select: { version: true, state: true, digest: true, inForceAt: true, supersededAt: true, createdAt: true },
    orderBy: { version: 'desc' },
    take,
  })
}

/** The version in force of a tool, or null. */
export async function contractInForce(db: Db, toolId: string) {
  return await db.prisma.contract.findFirst({
    where: { toolId, state: 'in_force' },
    select: {
      id: true,
      version: true,
      digest: true,
      limits: true,
      inForceAt: true,
      signedOffAt: true,
      createdAt: true,
    },
  })
}

/** The number of the version that comes next. */
export async function nextVersion(db: Db, toolId: string): Promise<number> {
  const last = await db.prisma.contract.aggregate({ where: { toolId }, _max: { version: true } })
  return (last._max.version ?? 0) + 1
}

/** Everybody who wrote any of a contract, as the audit log has it: not only who began it, but also who edited since. */
export async function writersOf(db: Db, contract: { id: string; authoredById: string | null }): Promise<Writers> {
  const rows = await db.query<{ accountId: string; personId: string | null }>(sql`
    SELECT a.id AS "accountId", a.person_id AS "personId" FROM account a WHERE a.id IN (
      SELECT e.actor_id FROM audit_event e
      WHERE e.subject_type = 'contract' AND e.subject_id = ${contract.id} AND e.action IN ('contracts.create', 'contracts.update')
      UNION ALL SELECT ${contract.authoredById}::uuid)`)
  return {
    accountIds: new Set(rows.map(({ accountId }) => accountId)),
    personIds: new Set(rows.flatMap(({ personId }) => personId ?? [])),
  }
}

/** The active teams of a person who has not left, in a fixed order. */
export async function teamsOfPerson(db: Db, personId: string): Promise<Signer['teams']> {
  return await db.prisma.team.findMany({
    where: { status: 'active', memberships: { some: { personId, person: { status: 'active' } } } },
    select: { id: true, name: true, function: true },
    orderBy: { slug: 'asc' },
  })
}

const refSchema = z.object({
  id: z.uuid(),
  externalId: z.string(),
  name: z.string(),
  status: z.enum(['active', 'left']),
})

/** Who signed, by the ids that the contract keeps. */
export async function signatoryOf(db: Db, { signedOffById, signedOffTeamId }: StoredContract) {
  const [person, team] = await Promise.all([
    signedOffById && db.prisma.person.findUnique({ where: { id: signedOffById } }),
    signedOffTeamId && db.prisma.team.findUnique({ where: { id: signedOffTeamId }, ...teamFields }),
  ])
  return { person: person ? refSchema.parse(person) : null, team: team || null }
}

/** The versions of a tool that have this digest, the one in force first, then the newest. */
export async function contractsOfDigest(db: Db, toolId: string, digest: string) {
  const rows = await db.prisma.contract.findMany({
    where: { toolId, digest, state: { not: 'draft' } },
    select: { id: true, version: true, state: true, digest: true, inForceAt: true, supersededAt: true },
    orderBy: { version: 'desc' },
    take: 100,
  })
  return rows.sort((one, other) => Number(other.state === 'in_force') - Number(one.state === 'in_force'))
}
