import 'server-only'
import { z } from 'zod'
import { mayRun } from '@/lib/access/permissions'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { isoOf } from '@/lib/registry/shapes'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { lockCampaign } from '../campaign-store'
import { type ItemEvent, nextItemPosition } from '../states'
import {
  type ChallengeRow,
  findChallenges,
  getChallenge,
  isAffected,
  itemOf,
  placeItem,
  wasDecided,
} from './challenge-store'
import { type Challenge, challengeSchema, contestInput, decideChallengeInput, listChallengesInput } from './model'

/** `true`, or why the actor cannot decide on a challenge. Nobody decides on what they contest themselves. */
function mayDecide({ actor }: UseCaseContext, { state, personId, accountableId }: ChallengeRow): true | string {
  const verdict = mayRun('challenges.decide', actor)
  if (verdict !== true) return verdict
  if (state !== 'open') return 'It is decided already.'
  if (actor.personId === null) return true
  if (actor.personId === personId) return 'You contest it yourself: somebody else has to decide.'
  return actor.personId === accountableId ? 'You answer for it yourself: somebody else has to decide.' : true
}

const shown = (context: UseCaseContext, row: ChallengeRow): Challenge => ({
  ...{ id: row.id, item: row.item, subject: row.subject, risk: row.risk, by: row.by, reason: row.reason },
  campaign: { slug: row.campaignSlug, name: row.campaignName },
  ...{
    at: row.at.toISOString(),
    state: row.state,
    decidedBy: row.decidedBy,
    decidedAt: isoOf(row.decidedAt),
    note: row.note,
  },
  revoked: row.revokedBy === null ? null : { by: row.revokedBy, comment: row.revokedComment },
  can: { decide: mayDecide(context, row) },
})

const listChallenges = defineQuery({
  name: 'challenges.list',
  summary: 'Contested revocations, the newest first: all for those who run campaigns or audit, else your own',
  method: 'GET',
  path: '/challenges',
  input: listChallengesInput,
  output: pageOf(challengeSchema),
  async handler(context, { cursor, limit, ...filter }) {
    const { db, actor } = context
    const seesAll = actor.role === 'auditor' || mayRun('challenges.decide', actor) === true
    const personId = seesAll ? null : (actor.personId ?? '00000000-0000-0000-0000-000000000000')
    const list = listName('challenges', { ...filter, personId })
    const rows = await findChallenges(db, { ...filter, personId }, limit + 1, startOf(list, cursor))
    const challenges = rows.map((row) => shown(context, row))
    return cutPage(list, challenges, limit, ({ at, id }) => [at, id])
  },
})

const contest = defineCommand({
  name: 'reviews.contest',
  summary: 'Contest a revocation that affects you, before it is applied',
  method: 'POST',
  path: '/reviews/{item}/contest',
  input: contestInput,
  output: z.object({ id: z.uuid() }),
  async handler(context, { item: id, reason }) {
    const { db, actor, now, newId } = context
    const item = await itemOf(db, id)
    if (!item || actor.personId === null || !(await isAffected(db, id, actor.personId))) throw notFound('The item')
    const campaign = await lockCampaign(db, item.campaignId)
    const { challengeEndsAt } = campaign
    if (campaign.state !== 'settled' || challengeEndsAt === null || challengeEndsAt <= now)
      throw new DomainError('wrong_state', 'Revocations of this campaign cannot be contested now.')
    if (await wasDecided(db, id))
      throw new DomainError('wrong_state', `${item.subject} was contested before, and that was decided.`)
    const position = await moved(context, id, { type: 'contest' })
    await placeItem(db, id, position)
    const challenge = newId()
    await db.prisma.reviewChallenge.create({
      data: {
        ...{ id: challenge, itemId: id, campaignId: campaign.id, personId: actor.personId, personName: actor.name },
        ...{ reason, at: now },
      },
    })
    return {
      output: { id: challenge },
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        after: { slug: campaign.slug, contested: item.subject },
        reason,
      },
    }
  },
})

/** Where the event takes an item, read again now that its campaign is held. @throws DomainError `wrong_state` */
async function moved({ db }: UseCaseContext, id: string, event: ItemEvent) {
  const item = await itemOf(db, id)
  if (!item) throw notFound('The item')
  const next = nextItemPosition(item, event)
  if (next.state === undefined) throw new DomainError('wrong_state', `${item.subject}: ${next.refusal}`)
  return next.state
}

const decideChallenge = defineCommand({
  name: 'challenges.decide',
  summary: 'Decide on a contested revocation: it stands, or the access or ownership is kept',
  method: 'POST',
  path: '/challenges/{id}/decide',
  input: decideChallengeInput,
  output: challengeSchema,
  async handler(context, { id, decision, note }) {
    const { db, actor, now } = context
    const found = await getChallenge(db, id)
    if (!found) throw notFound('The challenge')
    const campaign = await lockCampaign(db, found.campaignId)
    const challenge = (await getChallenge(db, id)) ?? found
    const verdict = mayDecide(context, challenge)
    if (verdict !== true) throw new DomainError(challenge.state === 'open' ? 'forbidden' : 'wrong_state', verdict)
    const position = await moved(context, challenge.item, { type: decision === 'upheld' ? 'uphold' : 'overturn' })
    await placeItem(db, challenge.item, position)
    await db.prisma.reviewChallenge.update({
      where: { id },
      data: { state: decision, decidedAt: now, decidedBy: actor.name, note },
    })
    return {
      output: shown(context, { ...challenge, state: decision, decidedAt: now, decidedBy: actor.name, note }),
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        before: { challenge: challenge.subject, state: 'open' },
        after: { challenge: challenge.subject, state: decision },
        reason: note,
      },
    }
  },
})

export const challengeUseCases = {
  'challenges.list': listChallenges,
  'challenges.decide': decideChallenge,
  'reviews.contest': contest,
}
