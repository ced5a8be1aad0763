import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import { toJson } from '@/lib/audit/model'
import { idSchema } from '@/lib/registry/model'
import { personNamed } from '@/lib/registry/references'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn, daysBetween, endOfDay, startOfDay } from '@/lib/time/calendar'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { timeZoneOf } from '../people-store'
import {
  findHandovers,
  getHandover,
  insertHandover,
  leadsBack,
  lockHandovers,
  overlapping,
  removeHandover,
  type StoredHandover,
  stopHandover,
} from './handover-store'
import { createHandoverInput, type HandoverView, handoverSchema } from './model'

const leads: readonly Actor['role'][] = ['admin', 'governance_lead']
const isLead = ({ kind, role }: Actor) => kind === 'system' || leads.includes(role)

/** Both sides may end it, and whoever leads. */
const mayEnd = ({ from, to }: StoredHandover, actor: Actor): true | string =>
  isLead(actor) || actor.personId === from.id || actor.personId === to.id
    ? true
    : 'Only the two people it is between, or a governance lead, can end it.'

function viewOf(handover: StoredHandover, { actor, now }: UseCaseContext): HandoverView {
  return {
    ...handover,
    startsAt: handover.startsAt.toISOString(),
    endsAt: handover.endsAt.toISOString(),
    createdAt: handover.createdAt.toISOString(),
    running: handover.startsAt <= now && handover.endsAt > now,
    end: handover.endsAt <= now ? 'It is over.' : mayEnd(handover, actor),
  }
}

export const listHandovers = defineQuery({
  name: 'handovers.list',
  summary: 'For which periods whose reviews are handed over, to whom',
  method: 'GET',
  path: '/handovers',
  input: z.strictObject({ whose: z.enum(['mine', 'all']).default('mine').describe('From and to you, or everybody’s') }),
  output: z.object({ rows: z.array(handoverSchema) }),
  async handler(context, { whose }) {
    const { db, actor, now } = context
    if (whose === 'mine' && actor.personId === null) return { rows: [] }
    const found = await findHandovers(db, whose === 'mine' ? actor.personId : null, now)
    return { rows: found.map((handover) => viewOf(handover, context)) }
  },
})

const refuse = (field: string, message: string) =>
  new DomainError('refused', `${message}.`, { fields: [{ field, message }] })

/** Whose reviews it is about, and to whom they go. */
async function bothSides(context: UseCaseContext, fromKey: string | undefined, toKey: string) {
  const { actor, db } = context
  const own =
    actor.personId === null
      ? null
      : await db.prisma.person.findUnique({
          where: { id: actor.personId },
          select: { id: true, externalId: true, name: true, status: true },
        })
  const from = fromKey === undefined ? own : await personNamed(context, 'from', fromKey)
  if (!from) throw refuse('from', 'Your account belongs to nobody of the registry; say whose reviews are handed over')
  if (from.id !== actor.personId && !isLead(actor))
    throw new DomainError('forbidden', 'Only a governance lead can hand over the reviews of somebody else.')
  const to = await personNamed(context, 'to', toKey)
  if (to.id === from.id) throw refuse('to', 'Choose somebody else')
  if (to.status !== 'active') throw refuse('to', `${to.name} has left; choose somebody who is still here`)
  return { from, to }
}

/** The period in instants: days of the one who hands over. */
async function periodOf(
  { db, now }: UseCaseContext,
  personId: string,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
) {
  const { timeZone, handoverDaysMax } = (await policyOf(db)).reviews
  const zone = await timeZoneOf(db, personId, timeZone)
  const today = dayIn(now, zone)
  if (startsOn < today) throw refuse('startsOn', 'Choose today or a later day')
  if (endsOn < startsOn) throw refuse('endsOn', 'Choose the first day or a later one')
  if (daysBetween(startsOn, endsOn) + 1 > handoverDaysMax)
    throw refuse(
      'endsOn',
      `At most ${handoverDaysMax} days by policy, so until ${dayAfter(startsOn, `P${handoverDaysMax - 1}D`)} at the latest`,
    )
  return { startsAt: startsOn === today ? now : startOfDay(startsOn, zone), endsAt: endOfDay(endsOn, zone) }
}

export const createHandover = defineCommand({
  name: 'handovers.create',
  summary: 'Hand all reviews to somebody else for a period',
  method: 'POST',
  path: '/handovers',
  input: createHandoverInput,
  output: handoverSchema,
  async handler(context, { from: fromKey, to: toKey, reason, ...days }) {
    const { db, now, actor, newId } = context
    const { from, to } = await bothSides(context, fromKey, toKey)
    const period = await periodOf(context, from.id, days)
    await lockHandovers(db)
    const other = await overlapping(db, { from: from.id, ...period })
    if (other) {
      const message = `They go to ${other.to.name} in that time already; end that first`
      throw new DomainError('conflict', `${message}.`, { fields: [{ field: 'startsOn', message }] })
    }
    if (await leadsBack(db, { from: from.id, to: to.id, ...period }))
      throw refuse('to', `${to.name} hands over to ${from.name} in that time, directly or through others`)
    const handover = { id: newId(), from, to, ...period, reason, createdAt: now, createdBy: actor.name }
    await insertHandover(db, handover)
    return {
      output: viewOf(handover, context),
      event: {
        subjectType: 'person',
        subjectId: from.id,
        after: toJson({ handover: handover.id, to: to.externalId, ...period }),
        reason,
      },
    }
  },
})

export const endHandover = defineCommand({
  name: 'handovers.end',
  summary: 'End a hand-over of reviews now',
  method: 'POST',
  path: '/handovers/{id}/end',
  input: z.strictObject({ id: idSchema }),
  output: z.object({ ended: z.literal(true) }),
  async handler(context, { id }) {
    const { db, now, actor } = context
    await lockHandovers(db)
    const handover = await getHandover(db, id)
    if (!handover) throw notFound('The hand-over')
    const verdict = mayEnd(handover, actor)
    if (verdict !== true) throw new DomainError('forbidden', verdict)
    if (handover.endsAt <= now) throw new DomainError('wrong_state', 'It is over already.')
    // One that has not begun leaves nothing behind but its events.
    if (handover.startsAt >= now) await removeHandover(db, id)
    else await stopHandover(db, id, now)
    return {
      output: { ended: true as const },
      event: {
        subjectType: 'person',
        subjectId: handover.from.id,
        before: toJson({
          handover: id,
          to: handover.to.externalId,
          startsAt: handover.startsAt,
          endsAt: handover.endsAt,
        }),
        after: toJson({ endsAt: now }),
      },
    }
  },
})
