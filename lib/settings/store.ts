import 'server-only'
import type { Db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { defaultPolicy, type Policy, policySchema } from './model'

const policyKey = 'policy'

/** The policy in force. What was stored by an older version gets the defaults of what came since. */
export async function policyOf(db: Reader): Promise<Policy> {
  return (await policySetting(db)).policy
}

/** The policy in force with its version: 0 and nobody while it was never set. */
export async function policySetting(db: Reader) {
  const [row] = await db.query<{ value: unknown; version: number; updatedAt: Date; updatedBy: string }>(sql`
    SELECT value, version, updated_at AS "updatedAt", updated_by AS "updatedBy" FROM setting WHERE key = ${policyKey}`)
  if (!row) return { policy: defaultPolicy, version: 0, updatedAt: null, updatedBy: null }
  const { value, ...rest } = row
  return { ...rest, policy: policySchema.parse(value) }
}

/** Puts a policy in force. */
export async function writePolicy({ db, actor, now }: UseCaseContext, policy: Policy, version: number): Promise<void> {
  const data = { value: policy satisfies Prisma.InputJsonValue, version, updatedAt: now, updatedBy: actor.name }
  await db.prisma.setting.upsert({ where: { key: policyKey }, create: { key: policyKey, ...data }, update: data })
}

/** Gaps that wait for somebody and whose date is not what the policy says. */
const movedBy = (dueDays: Policy['dueDays']) => sql`
  SELECT g.id, g.opened_at + make_interval(days => (${JSON.stringify(dueDays)}::jsonb ->> g.severity::text)::int) AS due_at
  FROM gap g WHERE g.state NOT IN ('resolved', 'excepted') AND NOT g.due_by_hand`

/** How many due dates a policy would move. */
export async function countDueMoves(db: Db, dueDays: Policy['dueDays']): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (${movedBy(dueDays)}) m JOIN gap g ON g.id = m.id
    WHERE g.due_at IS DISTINCT FROM m.due_at`)
  return row?.count ?? 0
}

/** Gives every gap that waits for somebody the date that the policy says, unless somebody moved it by hand. */
export async function moveDueDates(db: Db, dueDays: Policy['dueDays']): Promise<void> {
  await db.execute(sql`
    UPDATE gap g SET due_at = m.due_at, version = g.version + 1 FROM (${movedBy(dueDays)}) m
    WHERE m.id = g.id AND g.due_at IS DISTINCT FROM m.due_at`)
}
