import 'server-only'
import { layerOf, layers } from '@/lib/layers'
import { riskTiers } from '@/lib/registry/model'
import { bounded, isoOf, nestedMax } from '@/lib/registry/shapes'
import { dayAfter } from '@/lib/time/calendar'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { StoredCampaign } from '../campaign-store'
import { type ItemReviewerState, type ItemState, itemStates, outcomes, type Verdict, verdicts } from '../model'
import { findCampaignComments, findChallenges, findCourse, relativesOf } from './course-store'
import {
  countAsked,
  countDecisions,
  countGroups,
  countItems,
  countRemediations,
  countReviewers,
  findReviewers,
  type ItemCount,
  teamNames,
} from './figures-store'
import type { CampaignReport, GroupCounts } from './model'
import { maySign } from './sign'
import { policyWords, scopeWords, stageWords } from './words'

const groupsMax = 50
const reviewersMax = 100
const courseMax = 300
const daysMax = 400
const noTeam = 'none'

const sumOf = (counts: readonly ItemCount[]) => counts.reduce((sum, { items }) => sum + items, 0)

/** Counted by what came of them. */
function byOutcome(counts: readonly ItemCount[]): Omit<GroupCounts, 'key' | 'title'> {
  const of = (outcome: ItemCount['outcome']) => sumOf(counts.filter((count) => count.outcome === outcome))
  const [certify, reassign, revoke, no_response] = outcomes.map(of)
  return {
    items: sumOf(counts),
    certify: certify ?? 0,
    reassign: reassign ?? 0,
    revoke: revoke ?? 0,
    no_response: no_response ?? 0,
    pending: of(null),
  }
}

/** Counted by a key of theirs, in the order of the titles; keys without items are left out. */
function grouped(
  counts: readonly ItemCount[],
  keyOf: (count: ItemCount) => string | null,
  titles: readonly (readonly [key: string, title: string])[],
): GroupCounts[] {
  return titles.flatMap(([key, title]) => {
    const mine = counts.filter((count) => keyOf(count) === key)
    return mine.length > 0 ? [{ key, title, ...byOutcome(mine) }] : []
  })
}

async function byTeam({ db }: UseCaseContext, counts: readonly ItemCount[]): Promise<CampaignReport['byTeam']> {
  const ids = [...new Set(counts.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])))]
  const names = await teamNames(db, ids)
  const titles = [
    ...ids.map((id) => [id, names.get(id) ?? 'A team that is gone'] as const),
    [noTeam, 'No team'] as const,
  ]
  const groups = grouped(counts, ({ teamId }) => teamId ?? noTeam, titles)
  groups.sort((one, other) => other.items - one.items || one.title.localeCompare(other.title, 'en'))
  return bounded(groups, groupsMax)
}

const noVerdicts = () => Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>

type DecisionCounts = Awaited<ReturnType<typeof countDecisions>>

function verdictsOf(decided: DecisionCounts): Record<Verdict, number> {
  const sums = noVerdicts()
  for (const { verdict, decisions } of decided) sums[verdict] += decisions
  return sums
}

/** From the first day with a decision to the last, and those without any between them. */
function daysOf(decided: DecisionCounts): CampaignReport['days'] {
  const known = decided.map(({ day }) => day).sort()
  const [first] = known
  const last = known.at(-1)
  const days: CampaignReport['days'] = []
  if (first === undefined || last === undefined) return days
  for (let day = first; day <= last && days.length < daysMax; day = dayAfter(day, 'P1D')) {
    const today = day
    days.push({ day, verdicts: verdictsOf(decided.filter((each) => each.day === today)) })
  }
  return days
}

type Relatives = Awaited<ReturnType<typeof relativesOf>>

function stagesOf(
  { definition, kind }: StoredCampaign,
  rows: Relatives['stages'],
  asked: Awaited<ReturnType<typeof countAsked>>,
  decided: DecisionCounts,
): CampaignReport['stages'] {
  return definition.stages.map((stage, index) => {
    const number = index + 1
    const row = rows.find((each) => each.number === number)
    const mine = asked.filter((each) => each.stage === number)
    const of = (state: ItemReviewerState) => mine.find((each) => each.state === state)?.items ?? 0
    return {
      number,
      name: stage.name,
      words: stageWords(stage, index, kind),
      startedAt: isoOf(row?.startedAt ?? null),
      dueOn: row ? row.dueOn.toISOString().slice(0, 10) : null,
      endedAt: isoOf(row?.endedAt ?? null),
      extended: row?.extended ?? false,
      asked: mine.reduce((sum, { items }) => sum + items, 0),
      answered: of('answered'),
      passedOn: of('passed_on'),
      lapsed: of('lapsed'),
      open: of('open'),
      verdicts: verdictsOf(decided.filter((each) => each.stage === number)),
    }
  })
}

const layerTitles = layers.map(({ id }) => [id, layerOf(id).title] as const)
const riskTitles = riskTiers
  .toReversed()
  .map((risk) => [risk, `${risk.charAt(0).toUpperCase()}${risk.slice(1)} risk`] as const)

/** The report of a campaign as it stands now. */
export async function composeReport(context: UseCaseContext, campaign: StoredCampaign): Promise<CampaignReport> {
  const { db, now } = context
  const { id, definition } = campaign
  const counts = await countItems(db, id)
  const [
    relatives,
    asked,
    decided,
    reviewers,
    reviewerLines,
    groups,
    challenges,
    remediations,
    comments,
    course,
    sign,
  ] = await Promise.all([
    relativesOf(db, campaign),
    countAsked(db, id),
    countDecisions(db, id),
    countReviewers(db, id),
    findReviewers(db, id, reviewersMax + 1),
    countGroups(db, id, counts, definition.selfReview),
    findChallenges(db, id, nestedMax + 1),
    countRemediations(db, id, now),
    findCampaignComments(db, id, nestedMax + 1),
    findCourse(db, id, courseMax + 1),
    maySign(context, campaign),
  ])
  const inState = (state: ItemState) => sumOf(counts.filter((count) => count.state === state))
  const { template, parent, iterations, stages } = relatives
  return {
    campaign: {
      ...campaignFacts(campaign),
      template,
      parent,
      iterations,
    },
    isFinal: campaign.state === 'closed' || campaign.state === 'stopped',
    at: now.toISOString(),
    definition,
    scope: scopeWords(definition),
    policy: policyWords(definition),
    stages: stagesOf(campaign, stages, asked, decided),
    totals: {
      ...byOutcome(counts),
      byState: Object.fromEntries(itemStates.map((state) => [state, inState(state)])) as Record<ItemState, number>,
      reviewers,
    },
    byLayer: grouped(counts, ({ layer }) => layer, layerTitles),
    byRisk: grouped(counts, ({ risk }) => risk, riskTitles),
    byTeam: await byTeam(context, counts),
    days: daysOf(decided),
    reviewers: bounded(reviewerLines, reviewersMax),
    groups,
    challenges: bounded(challenges),
    remediations,
    comments: bounded(comments),
    course: bounded(course, courseMax),
    attestation: campaign.attestation ?? definition.attestation,
    signature: signatureOf(campaign),
    may: { sign },
  }
}

function campaignFacts(campaign: StoredCampaign) {
  const { id, slug, name, description, kind, state, trigger, because, createdBy, endedReason } = campaign
  return {
    ...{ id, slug, name, description, kind, state, trigger, because, createdBy, endedReason },
    owner: campaign.ownerName,
    createdAt: campaign.createdAt.toISOString(),
    picturedAt: isoOf(campaign.picturedAt),
    launchedAt: isoOf(campaign.launchedAt),
    challengeEndsAt: isoOf(campaign.challengeEndsAt),
    endedAt: isoOf(campaign.endedAt),
  }
}

function signatureOf({ signedBy, signedAt, reportDigest }: StoredCampaign): CampaignReport['signature'] {
  if (signedBy === null || signedAt === null || reportDigest === null) return null
  return { by: signedBy, at: signedAt.toISOString(), digest: reportDigest }
}
