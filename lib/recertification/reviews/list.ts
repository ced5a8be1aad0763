import { z } from 'zod'
import { dayMs } from '@/lib/gaps/wording'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { layers } from '@/lib/layers'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { definitionSchema } from '../model'
import { actsFor } from './handover-store'
import { type CampaignTally, findInbox, findOver, tallyInbox } from './inbox-store'
import { askedAbout, getItems } from './item-store'
import {
  inboxRowSchema,
  listReviewsInput,
  type ReviewCounts,
  type ReviewGroup,
  type ReviewRow,
  reviewCountsSchema,
} from './model'
import { rowOf } from './view'

/** Whoever acts, and those they stand in for. */
export const peopleOf = async ({ db, actor, now }: UseCaseContext): Promise<string[]> =>
  actor.personId === null ? [] : await actsFor(db, actor.personId, now)

export const listReviews = defineQuery({
  name: 'reviews.list',
  summary: 'What you are asked about in running campaigns, like beside like',
  method: 'GET',
  path: '/reviews',
  input: listReviewsInput,
  output: pageOf(inboxRowSchema),
  async handler(context, { cursor, limit, ...filter }) {
    const { db, actor, now } = context
    const people = await peopleOf(context)
    if (people.length === 0) return { rows: [], next: null }
    const list = listName('reviews', { ...filter, person: actor.personId })
    const placed = await findInbox(db, people, filter, { now, take: limit + 1, start: startOf(list, cursor) })
    const page = cutPage(list, placed, limit, ({ key, subject, id }) => [key, subject, id])
    const ids = page.rows.map(({ id }) => id)
    const [items, asked] = await Promise.all([getItems(db, ids, now), askedAbout(db, ids, people)])
    const rows = page.rows.flatMap(({ id, key, count }) => {
      const item = items.get(id)
      if (!item) return []
      const row = rowOf(item, asked.get(id) ?? null, actor.personId, now)
      return [{ ...row, group: { key, title: groupTitle(filter.group, row), count } }]
    })
    return { rows, next: page.next }
  },
})

function groupTitle(group: ReviewGroup, row: ReviewRow): string {
  switch (group) {
    case 'tool':
      return row.tool?.name ?? 'No tool of its own'
    case 'agent':
      return row.agent?.name ?? 'No agent of its own'
    case 'layer':
      return layers.find(({ id }) => id === row.layer)?.title ?? 'Access'
    case 'campaign':
      return row.campaign.name
  }
}

const overDays = 30
const overMax = 5

export const countReviews = defineQuery({
  name: 'reviews.counts',
  summary: 'How many items wait for you, campaign by campaign, and what is over',
  method: 'GET',
  path: '/reviews/counts',
  input: z.strictObject({}),
  output: reviewCountsSchema,
  async handler(context): Promise<ReviewCounts> {
    const { db, actor, now } = context
    const people = await peopleOf(context)
    if (actor.personId === null || people.length === 0) return { person: null, ...sumOf([]), campaigns: [], over: [] }
    const [person, tallies, over] = await Promise.all([
      db.prisma.person.findUnique({
        where: { id: actor.personId },
        select: { id: true, externalId: true, name: true },
      }),
      tallyInbox(db, people, now),
      findOver(db, actor.personId, new Date(now.getTime() - overDays * dayMs), overMax),
    ])
    return {
      person,
      ...sumOf(tallies),
      campaigns: tallies.map(({ definition, stage, ...tally }) => {
        const { stages, instructions, selfReview } = definitionSchema.parse(definition)
        return {
          ...tally,
          instructions,
          selfReview,
          stage: { number: stage, of: stages.length, name: stages[stage - 1]?.name ?? `Stage ${stage}` },
        }
      }),
      over: over.map((campaign) => ({ ...campaign, at: campaign.at.toISOString() })),
    }
  },
})

function sumOf(tallies: readonly CampaignTally[]) {
  const sum = (count: (tally: CampaignTally) => number) => tallies.reduce((total, tally) => total + count(tally), 0)
  return {
    open: sum(({ open }) => open),
    deferred: sum(({ deferred }) => deferred),
    answered: sum(({ answered }) => answered),
    overdue: sum(({ overdue }) => overdue),
    secondLooks: sum(({ secondLooks }) => secondLooks),
  }
}
