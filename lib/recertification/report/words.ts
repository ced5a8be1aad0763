import { layerOf } from '@/lib/layers'
import type {
  CampaignKind,
  CampaignState,
  CampaignTrigger,
  Definition,
  EscalationStep,
  ItemState,
  NonResponsePolicy,
  Outcome,
  RemediationSource,
  RemediationState,
  ReviewerReason,
  ReviewerStrategy,
  Stage,
  Standing,
} from '../model'

/** What readers of a report see for the closed vocabularies of recertification. */
export const kindTitles: Record<CampaignKind, string> = { access: 'Access', ownership: 'Ownership' }

export const stateTitles: Record<CampaignState, string> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  launching: 'Being launched',
  running: 'Running',
  settled: 'Over, not closed yet',
  closing: 'Being closed',
  closed: 'Closed',
  stopped: 'Stopped',
}

export const triggerTitles: Record<CampaignTrigger, string> = {
  hand: 'Started by hand',
  schedule: 'Recurring',
  cadence: 'Certifications were running out',
  event: 'Something happened',
  reiteration: 'Asks again about what nobody answered',
}

export const outcomeTitles: Record<Outcome, string> = {
  certify: 'Certified',
  reassign: 'Reassigned',
  revoke: 'Revoked',
  no_response: 'No response',
}

export const itemStateTitles: Record<ItemState, string> = {
  open: 'Open',
  answered: 'Answered',
  settled: 'Decided',
  contested: 'Contested',
  applied: 'Applied',
  withdrawn: 'Withdrawn',
}

export const standingTitles: Record<Standing, string> = {
  new: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  unknown: 'Unknown',
}

export const reasonTitles: Record<ReviewerReason, string> = {
  layer_lead: 'leads the owning team',
  accountable: 'is accountable for the layer',
  sponsor: 'sponsors the agent',
  manager: 'manages the accountable person',
  team: 'belongs to the named team',
  person: 'is named by the campaign',
  governance_lead: 'is governance lead',
  campaign_owner: 'owns the campaign: nobody else was found',
  escalation: 'by escalation',
  handed_over: 'it was handed over to them',
  named: 'named by the campaign lead',
}

export const remediationTitles: Record<RemediationState, string> = {
  open: 'Open',
  evidenced: 'Evidence given',
  verified: 'Verified',
  reopened: 'Reopened',
  cancelled: 'Cancelled',
}

export const sourceTitles: Record<RemediationSource, string> = {
  person: 'somebody’s evidence',
  import: 'an import',
  decision_log: 'a decision log',
  campaign: 'the campaign',
}

const units = [
  [/(\d+)Y/, 'year'],
  [/(\d+)M/, 'month'],
  [/(\d+)W/, 'week'],
  [/(\d+)D/, 'day'],
] as const

/** A duration of whole days and more as people say it: `P14D` is "14 days". */
export function durationWords(duration: string): string {
  const parts = units.flatMap(([pattern, unit]) => {
    const count = Number(pattern.exec(duration)?.[1] ?? 0)
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`]
  })
  return parts.join(' ') || duration
}

const layerWords = (layer: Parameters<typeof layerOf>[0] | undefined) =>
  layer ? layerOf(layer).title.toLowerCase() : 'entitlement'

/** Whom a strategy finds. An ownership item has one layer, which then needs no naming. */
export function strategyWords(strategy: ReviewerStrategy, kind: CampaignKind): string {
  const of = (layer: Parameters<typeof layerOf>[0] | undefined) =>
    kind === 'ownership' ? 'the layer' : layerWords(layer)
  switch (strategy.by) {
    case 'layer_lead':
      return `the lead of the team that owns ${of(strategy.layer)}`
    case 'accountable':
      return `the person accountable for ${of(strategy.layer)}`
    case 'sponsor':
      return 'the sponsor of the agent'
    case 'manager':
      return `the manager of the person accountable for ${of(strategy.layer)}`
    case 'team':
      return `the team ${strategy.team}`
    case 'person':
      return strategy.person
    case 'governance_lead':
      return 'a governance lead'
  }
}

function escalationWords({ after, action, to }: EscalationStep, kind: CampaignKind): string {
  const whom = strategyWords(to, kind)
  return `after ${durationWords(after)} without an answer ${action === 'add' ? `${whom} is asked as well` : `it goes to ${whom}`}`
}

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** One stage in sentences: who is asked, for how long, what happens when they do not answer. */
export function stageWords(stage: Stage, index: number, kind: CampaignKind): string[] {
  const whom = [stage.reviewers, ...stage.fallbacks].map((strategy) => strategyWords(strategy, kind))
  return [
    `Asks ${whom[0]}${whom.length > 1 ? `; when there is nobody, ${whom.slice(1).join(', then ')}` : ''}; at last the owner of the campaign.`,
    `Lasts ${durationWords(stage.duration)}.`,
    ...(index > 0
      ? [`Takes what the stage before ended as: ${listed(stage.takes.map((o) => outcomeTitles[o].toLowerCase()))}.`]
      : []),
    ...(stage.escalation.length > 0
      ? [`Escalates: ${stage.escalation.map((step) => escalationWords(step, kind)).join('; ')}.`]
      : []),
  ]
}

const nonResponseWords: Record<NonResponsePolicy, string> = {
  gap: 'What nobody answers stays uncertified and shows as a gap.',
  revoke: 'What nobody answers is revoked.',
  extend_once: 'What nobody answers is asked for as long again, once; then it stays uncertified and shows as a gap.',
}

/** The rules of the campaign in sentences. */
export function policyWords({ nonResponse, challengePeriod, selfReview, closes }: Definition): string[] {
  return [
    nonResponseWords[nonResponse],
    challengePeriod === null
      ? 'Revocations cannot be contested.'
      : `Those affected may contest a revocation for ${durationWords(challengePeriod)}.`,
    selfReview
      ? 'People may review what they answer for themselves; where they did, it is marked.'
      : 'Nobody reviews what they answer for themselves.',
    closes === 'by_itself' ? 'Closes by itself when its stages are over.' : 'Is closed by hand.',
  ]
}

const scopeTitles: Record<string, string> = {
  state: 'State',
  risk: 'Risk',
  environment: 'Environment',
  kind: 'Kind of tool',
  agent: 'Agent',
  tool: 'Tool',
  team: 'Team',
  layer: 'Layer',
  status: 'Status of an owner',
  scope: 'Set on',
  text: 'Text',
}

/** What the campaign asks about: a sentence, and each narrowing of it. */
export function scopeWords(definition: Definition): { all: string; narrowed: { by: string; to: string }[] } {
  const things = definition.kind === 'access' ? 'active bindings' : 'proposed and accepted ownership assignments'
  const narrowed = Object.entries(definition.scope).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ by: scopeTitles[key] ?? key, to: Array.isArray(value) ? listed(value.map(String)) : String(value) }],
  )
  if (definition.only) narrowed.push({ by: 'Just', to: `${definition.only.length} named ones` })
  const all = definition.kind === 'access' && definition.scope.state ? 'bindings' : things
  return { all: narrowed.length > 0 ? `Those ${all} that match all of:` : `All ${all}.`, narrowed }
}
