import 'server-only'
import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { reevaluateCertifications } from '@/lib/gaps/reevaluate'
import { idSchema } from '@/lib/registry/model'
import { revokeByDecision } from '@/lib/registry/revoke'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { lockCampaign, type StoredCampaign } from '../campaign-store'
import type { CampaignState } from '../model'
import { openRemediations } from '../remediation/open'
import { nextCampaignState, nextItemPosition } from '../states'
import { changesOf } from './applied-changes'
import { markApplied, nextDecided, unfinishedItems } from './batch-store'
import { type Certified, certifyAssignments, certifyBindings, endAssignments, noteSilence } from './certify-store'
import type { DecidedItem } from './decided'
import { type Act, type Planned, planOf } from './plan'
import { reassign } from './reassign'

/** Large, because some of what follows from a batch costs the same for one item as for thousands. */
const batchMax = 5000

type Done = Planned & { item: DecidedItem }

/** What was done with each item, and the assignments that ended or were named as others were reassigned. */
interface Applied {
  done: Done[]
  moved: readonly string[]
}

/**
 * Applies the next items of a campaign that is being closed: all of them, with what follows for owners and gaps, in the
 * one transaction, so that a kill leaves every item either applied or untouched. With the last it closes the campaign.
 */
export const applyDecisions = defineCommand({
  name: 'campaigns.apply',
  summary: 'Apply what a campaign has decided, a batch at a time',
  method: 'POST',
  path: '/campaigns/{id}/apply',
  input: z.strictObject({ id: idSchema, limit: z.number().int().min(1).max(batchMax).default(batchMax) }),
  output: z.object({ applied: z.number().int(), isClosed: z.boolean() }),
  async handler(context, { id, limit }) {
    const campaign = await lockCampaign(context.db, id)
    const closed = nextCampaignState(campaign.state, { type: 'applied' })
    if (closed.state === undefined) throw new DomainError('wrong_state', closed.refusal)
    await lockEstate(context)
    const items = await nextDecided(context.db, id, limit)
    const { done, moved } = await applyAll(context, campaign, items)
    const isClosed = items.length < limit
    if (isClosed) await close(context, campaign, closed.state)
    return {
      output: { applied: items.length, isClosed },
      event: {
        subjectType: 'campaign',
        subjectId: id,
        after: { ...named(done), ...(isClosed && { state: closed.state }) },
        changes: changesOf(campaign.name, done, moved),
      },
    }
  },
})

async function applyAll(
  context: UseCaseContext,
  campaign: StoredCampaign,
  items: readonly DecidedItem[],
): Promise<Applied> {
  if (items.length === 0) return { done: [], moved: [] }
  for (const { outcome, subject } of items) {
    const { refusal } = nextItemPosition({ state: 'settled', stage: campaign.stage, outcome }, { type: 'apply' })
    if (refusal !== undefined) throw new Error(`${subject}: ${refusal}`)
  }
  const planned = items.map((item) => ({ item, ...planOf(item) }))
  const { done, moved } = await carryOut(context, campaign, planned)
  const marks = done.map(({ item, notApplied }) => ({ id: item.id, notApplied }))
  await markApplied(context.db, campaign.id, marks, context.now)
  return { done, moved }
}

/** The planned items with an act of this type. */
function having<Type extends Act['type']>(planned: readonly Done[], type: Type) {
  return planned.flatMap((one) => {
    const act = one.act
    return isOf(act, type) ? [{ ...one, act }] : []
  })
}

const isOf = <Type extends Act['type']>(act: Act, type: Type): act is Extract<Act, { type: Type }> => act.type === type

async function carryOut(context: UseCaseContext, campaign: StoredCampaign, planned: readonly Done[]): Promise<Applied> {
  const { db, now } = context
  const certified = having(planned, 'certify_access')
  const confirmed = having(planned, 'certify_owner')
  const silent = having(planned, 'leave_access').map(({ act }) => act.binding.id)
  const silentOwners = having(planned, 'leave_owner').map(({ act }) => act.assignment.id)
  await certifyBindings(
    db,
    certified.map(({ item, act }) => certifiedBy(context, item, act.binding.id)),
  )
  await certifyAssignments(
    db,
    confirmed.map(({ item, act }) => certifiedBy(context, item, act.assignment.id)),
  )
  await noteSilence(db, { bindings: silent, assignments: silentOwners }, { at: now, campaign: campaign.name })

  const revoked = having(planned, 'revoke_access')
  await openRemediations(
    context,
    campaign,
    revoked.map(({ item, act }) => ({ itemId: item.id, binding: act.binding, decision: act.decision })),
  )
  await revokeByDecision(
    context,
    revoked.map(({ act }) => act.binding.id),
  )

  const ended = having(planned, 'end_owner').map(({ act }) => act.assignment.id)
  await endAssignments(db, ended, now)

  const moving = having(planned, 'reassign')
  const moved = await reassign(
    context,
    campaign.name,
    moving.map(({ act }) => act),
  )
  const asked = moving.filter((_, index) => moved.refused[index] === null)
  const answered = {
    bindings: asked.flatMap(({ act }) => (act.binding ? [act.binding.id] : [])),
    assignments: asked.flatMap(({ act }) => (act.assignment ? [act.assignment.id] : [])),
  }
  await noteSilence(db, answered, null)

  const followed = {
    bindings: [...revoked.map(({ act }) => act.binding.id), ...answered.bindings],
    assignments: [...ended, ...moved.assignments],
  }
  if (followed.bindings.length + followed.assignments.length > 0) await settle(context, followed)
  await reevaluateCertifications(context, {
    bindings: [...certified.map(({ act }) => act.binding.id), ...silent],
    // An owner who was confirmed has nothing to lose or gain by it, unless nobody had answered about them before.
    assignments: [
      ...confirmed.flatMap(({ act }) => (act.assignment.wasUnanswered ? [act.assignment.id] : [])),
      ...silentOwners,
    ],
  })
  const refusedBy = new Map(moving.map(({ item }, index) => [item.id, moved.refused[index] ?? null]))
  const done = planned.map((one): Done => {
    const refused = refusedBy.get(one.item.id) ?? null
    return refused === null ? one : { ...one, act: { type: 'nothing' }, notApplied: refused }
  })
  return { done, moved: moved.assignments }
}

/** A decision is of the time when it was made; a clock that ran ahead does not certify for the future. */
function certifiedBy({ now }: UseCaseContext, { id: itemId, decision }: DecidedItem, id: string): Certified {
  const at = new Date(Math.min(decision?.at ?? now.getTime(), now.getTime()))
  return { id, itemId, by: decision?.by ?? 'The campaign', at }
}

async function close(
  { db, now }: UseCaseContext,
  { id, version }: StoredCampaign,
  state: CampaignState,
): Promise<void> {
  const left = await unfinishedItems(db, id)
  if (left > 0) throw new Error(`${left} items are neither applied nor withdrawn, so the campaign stays open.`)
  await db.prisma.campaign.update({
    where: { id },
    data: { state, endedAt: now, trouble: null, version: version + 1, updatedAt: now },
  })
}

/** What was done with each item, by its name, for the audit log. */
function named(done: readonly Done[]) {
  const of = (outcome: DecidedItem['outcome']) =>
    done.flatMap(({ item, act }) => (item.outcome === outcome && act.type !== 'nothing' ? [item.subject] : []))
  const told = {
    certified: of('certify'),
    reassigned: of('reassign'),
    revoked: of('revoke'),
    unanswered: of('no_response'),
  }
  const notApplied = done.flatMap(({ item, notApplied }) =>
    notApplied === null ? [] : [{ item: item.subject, outcome: item.outcome, because: notApplied }],
  )
  const some = Object.fromEntries(Object.entries(told).filter(([, subjects]) => subjects.length > 0))
  return { applied: done.length, ...some, ...(notApplied.length > 0 && { notApplied }) }
}
