import 'server-only'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { getCampaign, type StoredCampaign } from '../campaign-store'
import type { ItemState, Outcome } from '../model'
import { nextCampaignState } from '../states'
import { mayEnd } from './can'
import { flowsAtEnd } from './ending'
import { type EndingAct, type EndPreview, endPreviewInput, endPreviewSchema, type Fate, fates } from './model'
import { countInState, countsIn, firstItems } from './stage-store'

const firstMax = 20

/** Items that share what becomes of them. */
interface Group {
  state: ItemState
  outcome: Outcome | null
  stage: number
  items: number
  fate: Fate
}

/** What ending the stage, closing or stopping would change, exactly. Writes nothing. */
export const endPreview = defineQuery({
  name: 'campaigns.endPreview',
  summary: 'Show what ending the stage, closing or stopping a campaign would change; writes nothing',
  method: 'GET',
  path: '/campaigns/{slug}/end-preview',
  input: endPreviewInput,
  output: endPreviewSchema,
  async handler(context, { slug, act }) {
    const campaign = await getCampaign(context.db, slug)
    const groups = await groupsOf(context, campaign, act)
    const shown: EndPreview['fates'] = []
    for (const fate of fates) {
      const alike = groups.filter((group) => group.fate === fate)
      if (alike.length === 0) continue
      const firsts: EndPreview['fates'][number]['first'] = []
      for (const group of alike) {
        const rest = firstMax - firsts.length
        if (rest > 0) firsts.push(...(await firstItems(context.db, campaign.id, group, rest)))
      }
      shown.push({
        fate,
        items: sumOf(alike),
        unanswered: sumOf(alike.filter(({ state }) => state === 'open')),
        first: firsts,
      })
    }
    return {
      can: await mayEnd(context, campaign, act),
      ...(await leadsTo(context, campaign, act, shown)),
      fates: shown,
      changes: sentencesOf(campaign, act, shown),
    }
  },
})

const sumOf = (groups: readonly Group[]) => groups.reduce((sum, { items }) => sum + items, 0)

async function groupsOf({ db }: UseCaseContext, campaign: StoredCampaign, act: EndingAct): Promise<Group[]> {
  const stages = act === 'end_stage' ? [campaign.stage] : campaign.definition.stages.map((_, index) => index + 1)
  const groups: Group[] = []
  const flows = flowsAtEnd(campaign.definition, campaign.stage)
  for (const stage of stages) {
    for (const { state, outcome, items } of await countsIn(db, campaign.id, stage)) {
      const fate = fateOf(act, { state, outcome }, flows)
      if (fate) groups.push({ state, outcome, stage, items, fate })
    }
  }
  return groups
}

function fateOf(
  act: EndingAct,
  from: { state: ItemState; outcome: Outcome | null },
  flows: ReturnType<typeof flowsAtEnd>,
): Fate | null {
  switch (act) {
    case 'end_stage': {
      const flow = flows.find((each) => each.from.state === from.state && each.from.outcome === from.outcome)
      if (!flow) return null
      return flow.to.state === 'open' ? 'next_stage' : flow.to.outcome
    }
    case 'close':
      return from.state === 'settled' || from.state === 'contested' ? from.outcome : null
    case 'stop':
      return from.state === 'applied' || from.state === 'withdrawn' ? null : 'withdrawn'
  }
}

async function leadsTo(
  { db, now }: UseCaseContext,
  campaign: StoredCampaign,
  act: EndingAct,
  shown: EndPreview['fates'],
): Promise<Pick<EndPreview, 'leadsTo' | 'challengeUntil'>> {
  if (act === 'stop') return { leadsTo: 'stopped', challengeUntil: null }
  if (act === 'close') return { leadsTo: 'closing', challengeUntil: null }
  const goesOn = shown.some(({ fate }) => fate === 'next_stage')
  if (goesOn) return { leadsTo: 'running', challengeUntil: null }
  const { challengePeriod, closes } = campaign.definition
  const revoked =
    shown.some(({ fate }) => fate === 'revoke') || (await countInState(db, campaign.id, 'settled', 'revoke')) > 0
  if (challengePeriod !== null && revoked) {
    const { timeZone } = (await policyOf(db)).reviews
    return { leadsTo: 'settled', challengeUntil: dayAfter(dayIn(now, timeZone), challengePeriod) }
  }
  const settled = nextCampaignState('running', { type: 'stage_ended', isLast: true }).state ?? 'settled'
  return { leadsTo: closes === 'by_itself' ? 'closing' : settled, challengeUntil: null }
}

const things = (count: number, thing: string) => `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`

function sentencesOf({ kind }: StoredCampaign, act: EndingAct, shown: EndPreview['fates']): string[] {
  const itemsOf = (fate: Fate) => shown.find((each) => each.fate === fate)?.items ?? 0
  if (act === 'stop') {
    const undone = itemsOf('withdrawn')
    return undone === 0
      ? ['Nothing is left to withdraw.']
      : [
          `${things(undone, 'item')} ${undone === 1 ? 'is' : 'are'} withdrawn: nothing is applied, answers stay on record.`,
        ]
  }
  const sentences: [Fate, (count: number) => string][] = [
    ['next_stage', (count) => `${things(count, 'item')} go on to the next stage, whose reviewers are asked.`],
    [
      'certify',
      (count) =>
        `${things(count, kind === 'access' ? 'binding' : 'assignment')} certified, with the day of the decision.`,
    ],
    [
      'reassign',
      (count) =>
        kind === 'access'
          ? `Entitlement of ${things(count, 'binding')} proposed to another team, which has to accept.`
          : `${things(count, 'ownership')} proposed to another team, which has to accept.`,
    ],
    [
      'revoke',
      (count) =>
        kind === 'access'
          ? `${things(count, 'binding')} revoked, each with a remediation.`
          : `${things(count, 'assignment')} ended: what follows may be unowned.`,
    ],
    ['no_response', (count) => `${things(count, 'item')} without an answer, left as a gap.`],
  ]
  return sentences.flatMap(([fate, say]) => (itemsOf(fate) > 0 ? [say(itemsOf(fate))] : []))
}
