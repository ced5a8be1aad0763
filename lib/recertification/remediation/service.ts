import 'server-only'
import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate, settle } from '@/lib/estate/settle'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import { dayIn, endOfDay, startOfDay } from '@/lib/time/calendar'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { nextRemediationState } from '../states'
import {
  eventsOf,
  findRemediation,
  findRemediations,
  type KeptRemediation,
  lastToTouch,
  type RemediationQuery,
  remediationCursorKey,
} from './list-store'
import {
  assignRemediationInput,
  cancelRemediationInput,
  evidenceInput,
  listRemediationsInput,
  type RemediationFilter,
  remediationDetailSchema,
  remediationRowSchema,
  setRemediationDueInput,
} from './model'
import { type RemediationMove, writeMoves } from './moves-store'
import { mayOnRemediation } from './rights'

const listRemediations = defineQuery({
  name: 'remediations.list',
  summary: 'Revoked access that has to go where it is granted, what is due first',
  method: 'GET',
  path: '/remediations',
  input: listRemediationsInput,
  output: pageOf(remediationRowSchema),
  async handler(context, { cursor, limit, ...filter }) {
    const query = await queryOf(context, filter)
    // `me` is another list for everybody.
    const list = listName('remediations', query)
    const rows = await findRemediations(context.db, query, limit + 1, startOf(list, cursor), context.now)
    return cutPage(list, rows, limit, remediationCursorKey)
  },
})

async function queryOf({ db, actor }: UseCaseContext, filter: RemediationFilter): Promise<RemediationQuery> {
  const { assignee, ...rest } = filter
  if (!assignee) return rest
  const people = await db.prisma.person.findMany({ where: { externalId: { in: assignee } }, select: { id: true } })
  const me = assignee.includes('me') && actor.personId ? [actor.personId] : []
  const nobody = assignee.includes('none') ? [null] : []
  return { ...rest, assignees: [...people.map(({ id }) => id), ...me, ...nobody] }
}

const getRemediation = defineQuery({
  name: 'remediations.get',
  summary: 'One remediation with everything that happened to it',
  method: 'GET',
  path: '/remediations/{id}',
  input: z.strictObject({ id: idSchema }),
  output: remediationDetailSchema,
  async handler(context, { id }) {
    return await detailOf(context, await kept(context, id))
  },
})

async function kept({ db, now }: UseCaseContext, id: string): Promise<KeptRemediation> {
  const found = await findRemediation(db, id, now)
  if (!found) throw notFound('The remediation')
  return found
}

const standingOf = ({ row, teamId, assigneeId }: KeptRemediation) => ({ state: row.state, teamId, assigneeId })

async function detailOf({ db, actor }: UseCaseContext, found: KeptRemediation) {
  const { reviews } = await policyOf(db)
  return {
    ...found.row,
    bindingState: found.bindingState,
    timeZone: reviews.timeZone,
    events: await eventsOf(db, found.row.id),
    can: mayOnRemediation(actor, standingOf(found)),
  }
}

/** The remediation as its caller saw it, with the estate locked: an import may be about to move it. */
async function toWorkOn(
  context: UseCaseContext,
  { id, version }: { id: string; version?: number | undefined },
  act: keyof ReturnType<typeof mayOnRemediation>,
): Promise<KeptRemediation> {
  await lockEstate(context)
  const found = await kept(context, id)
  if (version !== undefined && found.row.version !== version) {
    const by = await lastToTouch(context.db, id)
    throw new DomainError('stale', `${by ?? 'Somebody'} has changed it since you looked: it is ${found.row.state} now.`)
  }
  const verdict = mayOnRemediation(context.actor, standingOf(found))[act]
  if (verdict === true) return found
  const isState = nextRemediationState(found.row.state, act === 'evidence' ? 'evidence' : 'cancel').refusal === verdict
  throw new DomainError(isState ? 'wrong_state' : 'forbidden', verdict)
}

/** Writes what somebody did, and answers with how it stands then. */
async function carryOut(
  context: UseCaseContext,
  found: KeptRemediation,
  { to = found.row.state, ...more }: Partial<RemediationMove> & Pick<RemediationMove, 'note'>,
) {
  const { row, bindingId } = found
  const { actor, now } = context
  const by = actor.name
  await writeMoves(context, [
    { id: row.id, bindingId, from: row.state, to, source: 'person', by, aboutAt: now, ...more },
  ])
  await settle(context, { bindings: [bindingId] })
  return await detailOf(context, await kept(context, row.id))
}

const wrongField = (field: string, message: string) =>
  new DomainError('invalid_input', `${message}.`, { fields: [{ field, message }] })

const eventOf = (id: string, before: object, after: object, reason?: string) => ({
  subjectType: 'remediation',
  subjectId: id,
  before: toJson(before),
  after: toJson(after),
  ...(reason && { reason }),
})

const assignRemediation = defineCommand({
  name: 'remediations.assign',
  summary: 'Give a remediation to a person, or to nobody',
  method: 'POST',
  path: '/remediations/{id}/assign',
  input: assignRemediationInput,
  output: remediationDetailSchema,
  async handler(context, { assignee, note, ...which }) {
    const found = await toWorkOn(context, which, 'assign')
    const person = assignee === null ? null : await activePerson(context, assignee)
    const said = person ? `Assigned to ${person.name}` : 'Assigned to nobody'
    const output = await carryOut(context, found, {
      assigneeId: person?.id ?? null,
      note: note ? `${said}: ${note}` : said,
    })
    const before = { assignee: found.row.assignee?.id ?? null }
    return { output, event: eventOf(which.id, before, { assignee }, note) }
  },
})

async function activePerson({ db }: UseCaseContext, externalId: string) {
  const person = await db.prisma.person.findUnique({
    where: { externalId },
    select: { id: true, name: true, status: true },
  })
  if (!person) throw wrongField('assignee', `There is no person "${externalId}"`)
  if (person.status !== 'active')
    throw wrongField('assignee', `${person.name} has left; choose somebody who is still here`)
  return person
}

const setRemediationDue = defineCommand({
  name: 'remediations.setDue',
  summary: 'Move the day by which revoked access has to be gone',
  method: 'POST',
  path: '/remediations/{id}/due',
  input: setRemediationDueInput,
  output: remediationDetailSchema,
  async handler(context, { dueOn, reason, ...which }) {
    const found = await toWorkOn(context, which, 'setDue')
    const { reviews } = await policyOf(context.db)
    const dueAt = endOfDay(dueOn, reviews.timeZone)
    if (dueAt <= context.now) throw wrongField('dueOn', 'Choose today or a later day')
    const output = await carryOut(context, found, { dueAt, note: `Due on ${dueOn}: ${reason}` })
    return { output, event: eventOf(which.id, { dueAt: found.row.dueAt }, { dueAt }, reason) }
  },
})

/** Somebody's word that the access is gone. An import or a decision log says whether it is. */
const evidence = defineCommand({
  name: 'remediations.evidence',
  summary: 'Hand in evidence that revoked access is gone, and say which day it is about',
  method: 'POST',
  path: '/remediations/{id}/evidence',
  input: evidenceInput,
  output: remediationDetailSchema,
  async handler(context, { text, link, aboutAt: day, ...which }) {
    const found = await toWorkOn(context, which, 'evidence')
    const { reviews } = await policyOf(context.db)
    if (day > dayIn(context.now, reviews.timeZone))
      throw wrongField('aboutAt', 'The day it is about lies in the future')
    const next = nextRemediationState(found.row.state, 'evidence')
    if (next.state === undefined) throw new DomainError('wrong_state', next.refusal)
    const aboutAt = startOfDay(day, reviews.timeZone)
    const output = await carryOut(context, found, { to: next.state, note: text, link, aboutAt })
    const after = { state: next.state, text, link: link ?? null, aboutAt: day }
    return { output, event: eventOf(which.id, { state: found.row.state }, after) }
  },
})

const cancelRemediation = defineCommand({
  name: 'remediations.cancel',
  summary: 'Give a remediation up, with the reason',
  method: 'POST',
  path: '/remediations/{id}/cancel',
  input: cancelRemediationInput,
  output: remediationDetailSchema,
  async handler(context, { reason, ...which }) {
    const found = await toWorkOn(context, which, 'cancel')
    const next = nextRemediationState(found.row.state, 'cancel')
    if (next.state === undefined) throw new DomainError('wrong_state', next.refusal)
    const output = await carryOut(context, found, { to: next.state, note: reason })
    return { output, event: eventOf(which.id, { state: found.row.state }, { state: next.state }, reason) }
  },
})

/** What becomes of revoked access where it is granted. */
export const remediationUseCases = {
  'remediations.list': listRemediations,
  'remediations.get': getRemediation,
  'remediations.assign': assignRemediation,
  'remediations.setDue': setRemediationDue,
  'remediations.evidence': evidence,
  'remediations.cancel': cancelRemediation,
}
