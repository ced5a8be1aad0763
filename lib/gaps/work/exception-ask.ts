import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { reasonSchema } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { dayMs } from '../wording'
import { assertUnresolved } from './assign'
import { assertStanding, chosenGaps } from './chosen'
import { coveredAlready } from './exception-store'
import { type WorkedGap, writeGapEdits } from './gap-store'
import { asksFreely } from './may'
import { gapIds } from './model'

/** Asks to accept the risk of gaps until a date: one exception for each, all of them or none. */
export const askExceptions = defineCommand({
  name: 'exceptions.ask',
  summary: 'Ask to accept the risk of gaps for a while; somebody else decides',
  method: 'POST',
  path: '/exceptions',
  input: z.strictObject({
    gaps: gapIds,
    reason: reasonSchema,
    expires: z.iso.datetime({ offset: true }).describe('At most as far off as the policy allows'),
  }),
  output: z.object({ ids: z.array(z.uuid()).describe('The exceptions, in the order of the gaps') }),
  async handler(context, input) {
    const gaps = await chosenGaps(context, input.gaps)
    if (!asksFreely(context.actor)) await assertStanding(context, gaps)
    assertUnresolved(gaps)
    await assertMayBeExcepted(context, gaps)
    const expires = await expiryOf(context, input.expires)
    const rows = gaps.map((gap) => ({
      id: context.newId(),
      rule: gap.rule,
      subjectType: gap.subject.type,
      subjectId: gap.subject.id,
      subject: gap.subjectSlug,
      layer: gap.layer,
      pointId: gap.pointId,
      reason: input.reason,
      state: 'asked' as const,
      askedById: context.actor.id,
      askedBy: context.actor.name,
      expires,
      createdAt: context.now,
    }))
    await context.db.prisma.gapException.createMany({ data: rows })
    const note = `Exception asked for until ${expires.toISOString().slice(0, 10)}: ${input.reason}`
    await writeGapEdits(
      context,
      gaps.map((gap) => ({ gap, note })),
    )
    return {
      output: { ids: rows.map(({ id }) => id) },
      event: {
        subjectType: 'exception',
        subjectId: rows.length === 1 ? String(rows[0]?.id) : 'several',
        after: toJson(rows.map(({ id, rule, subject }) => ({ id, rule, subject, expires }))),
        reason: input.reason,
      },
    }
  },
})

async function assertMayBeExcepted({ db, now }: UseCaseContext, gaps: readonly WorkedGap[]): Promise<void> {
  const expired = gaps.find(({ rule }) => rule === 'exception-expired')
  if (expired)
    throw new DomainError(
      'refused',
      `An exception that has run out on ${expired.subjectSlug} is not excepted itself: ask again for the gap it was about.`,
    )
  const ids = gaps.map(({ id }) => id)
  const [covered] = await coveredAlready(db, ids, now)
  if (!covered) return
  const { rule, subjectSlug } = gaps.find(({ id }) => id === covered.gap) ?? { rule: 'it', subjectSlug: 'the subject' }
  const state = covered.state === 'asked' ? 'was asked for already and waits for a decision' : 'is in force'
  throw new DomainError('conflict', `An exception for ${rule} on ${subjectSlug} ${state}; nothing was asked for.`)
}

async function expiryOf({ db, now }: UseCaseContext, text: string): Promise<Date> {
  const expires = new Date(text)
  const { exceptionDaysMax } = await policyOf(db)
  const refuse = (message: string) =>
    new DomainError('invalid_input', `expires: ${message}`, { fields: [{ field: 'expires', message }] })
  if (expires <= now) throw refuse('An exception ends in the future')
  if (expires.getTime() > now.getTime() + exceptionDaysMax * dayMs)
    throw refuse(`An exception lasts at most ${exceptionDaysMax.toLocaleString('en')} days (a policy setting)`)
  return expires
}
