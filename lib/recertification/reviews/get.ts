import { z } from 'zod'
import { mayRun } from '@/lib/access/permissions'
import { idSchema } from '@/lib/registry/model'
import { isoOf } from '@/lib/registry/shapes'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import type { StoredCampaign } from '../campaign-store'
import { mayContest } from '../stages/can'
import { campaignOfItem } from './campaign-of-item-store'
import { decisionsOf, earlierOf, itemComments, reviewersOf } from './detail-store'
import { overBecause } from './held-store'
import { askedAbout, getItems, type StoredAsked, type StoredItem } from './item-store'
import { peopleOf } from './list'
import { type ReviewDetail, reviewDetailSchema } from './model'
import { decisionView, rowOf } from './view'

/** One item with all there is to know about it. Campaigns are for everybody to read; deciding is for who is asked. */
export const getReview = defineQuery({
  name: 'reviews.get',
  summary: 'One item: as it was pictured, as it is now, what was decided about it before, and what you may do',
  method: 'GET',
  path: '/reviews/{item}',
  input: z.strictObject({ item: idSchema }),
  output: reviewDetailSchema,
  async handler(context, { item: id }): Promise<ReviewDetail> {
    const { db, actor, now } = context
    const people = await peopleOf(context)
    const item = (await getItems(db, [id], now)).get(id)
    if (!item) throw notFound('The item')
    const [asked, { campaign, stage }, reviewers, decisions, earlier, comments] = await Promise.all([
      askedAbout(db, [id], people),
      campaignOfItem(db, item.campaignId, item.stage),
      reviewersOf(db, id, now),
      decisionsOf(db, id),
      earlierOf(db, item),
      itemComments(db, id),
    ])
    const mine = asked.get(id) ?? null
    return {
      ...rowOf(item, mine, actor.personId, now),
      picturedAt: item.picturedAt.toISOString(),
      dueOn: stage?.dueOn.toISOString().slice(0, 10) ?? null,
      stageName: campaign.definition.stages[item.stage - 1]?.name ?? `Stage ${item.stage}`,
      instructions: campaign.definition.instructions,
      picture: item.picture,
      now: item.present?.picture ?? null,
      reviewers: reviewers.map((reviewer) => ({ ...reviewer, dueAt: reviewer.dueAt.toISOString() })),
      decisions: decisions.map((decision) => decisionView(decision, actor.personId)),
      earlier: earlier.map((each) => ({ ...each, at: isoOf(each.at) })),
      comments: comments.map((comment) => ({ ...comment, at: comment.at.toISOString() })),
      can: {
        ...movesOf(context, { item, mine, campaign, over: await overBecause(db, campaign, stage, now) }),
        contest: await mayContest(context, campaign, item),
      },
    }
  },
})

interface Before {
  item: StoredItem
  mine: StoredAsked | null
  campaign: StoredCampaign
  over: string | null
}

/** What the one who asks may do with the item, each `true` or why not. */
function movesOf(
  { actor }: UseCaseContext,
  { item, mine, campaign, over }: Before,
): Omit<ReviewDetail['can'], 'contest'> {
  const allowed = mayRun('reviews.decide', actor)
  if (allowed !== true) return { decide: allowed, undo: allowed, handOver: allowed }
  const running = over ?? true
  const notAsked = 'Somebody else is asked about it.'
  const { decision } = item
  const ownDecision = decision !== null && decision.personId === actor.personId
  const undo = !ownDecision ? 'There is no answer of yours to take back.' : running
  if (!mine) return { decide: running === true ? notAsked : running, undo, handOver: notAsked }
  if (running !== true) return { decide: running, undo, handOver: running }
  if (mine.state === 'passed_on') {
    const passed = `You passed it on${mine.note ? `: ${mine.note}` : ''}.`
    return { decide: passed, undo: true, handOver: passed }
  }
  if (item.state !== 'open' || mine.state !== 'open' || mine.stage !== item.stage) {
    const done = decision ? `${decision.by} answered it.` : 'You are not asked about it any more.'
    return { decide: done, undo, handOver: done }
  }
  const own = item.accountableId === actor.personId && !campaign.definition.selfReview
  return { decide: own ? 'You answer for it yourself, so somebody else reviews it.' : true, undo, handOver: true }
}
