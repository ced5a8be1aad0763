import { durationIn, durationWords } from '@/components/recertification/duration'
import type { LayerId } from '@/lib/layers'
import {
  type CampaignKind,
  type CampaignLaunch,
  type CertificationEventKind,
  certificationEventKinds,
  type Definition,
  type EscalationStep,
  type NonResponsePolicy,
  type Outcome,
  type ReviewerStrategy,
  type Schedule,
} from '@/lib/recertification/model'

/** Whom a stage asks, as the form holds it: what a strategy does not use stays typed for another choice. */
export type StrategyValues = {
  by: ReviewerStrategy['by']
  layer: LayerId | null
  team: string | null
  person: string | null
}

export type EscalationValues = { key: string; after: string; action: EscalationStep['action']; to: StrategyValues }

export type StageValues = {
  key: string
  name: string
  reviewers: StrategyValues
  fallbacks: StrategyValues[]
  duration: string
  escalation: EscalationValues[]
  takes: Outcome[]
}

/** The filters of both kinds side by side: changing the kind and back loses nothing. */
export type ScopeValues = {
  state: string[]
  assignmentState: string[]
  risk: string[]
  environment: string[]
  kind: string[]
  agent: string | null
  tool: string | null
  team: string[]
  layer: string[]
  status: string[]
  scope: string[]
  text: string
}

/** A definition as the form holds it, at the paths of the definition, so that problems find their field. */
export type DefinitionValues = {
  kind: CampaignKind
  scope: ScopeValues
  stages: StageValues[]
  nonResponse: NonResponsePolicy
  challengePeriod: string
  closes: 'by_itself' | 'by_hand'
  selfReview: boolean
  announce: string
  instructions: string
  attestation: string
  reminderDays: string
}

const strategyOf = (strategy: ReviewerStrategy): StrategyValues => ({
  by: strategy.by,
  layer: 'layer' in strategy ? (strategy.layer ?? null) : null,
  team: strategy.by === 'team' ? strategy.team : null,
  person: strategy.by === 'person' ? strategy.person : null,
})

/** What a definition's fields read in the form. */
export function valuesOf(definition: Definition): DefinitionValues {
  const { kind, scope, nonResponse, closes, selfReview, instructions, attestation } = definition
  const access = kind === 'access' ? definition.scope : {}
  const ownership = kind === 'ownership' ? definition.scope : {}
  return {
    ...{ kind, nonResponse, closes, selfReview, instructions, attestation },
    scope: {
      state: access.state ?? [],
      assignmentState: ownership.state ?? [],
      environment: access.environment ?? [],
      kind: access.kind ?? [],
      status: access.status ?? [],
      scope: ownership.scope ?? [],
      risk: scope.risk ?? [],
      agent: scope.agent ?? null,
      tool: scope.tool ?? null,
      team: scope.team ?? [],
      layer: scope.layer ?? [],
      text: scope.text ?? '',
    },
    stages: definition.stages.map((stage, index) => ({
      key: `stage-${index}`,
      name: stage.name,
      reviewers: strategyOf(stage.reviewers),
      fallbacks: stage.fallbacks.map(strategyOf),
      duration: durationWords(stage.duration),
      escalation: stage.escalation.map(({ after, action, to }, step) => ({
        key: `step-${step}`,
        after: durationWords(after),
        action,
        to: strategyOf(to),
      })),
      takes: stage.takes,
    })),
    challengePeriod: definition.challengePeriod === null ? '' : durationWords(definition.challengePeriod),
    announce: definition.announce === null ? '' : durationWords(definition.announce),
    reminderDays: definition.reminderDays.join(', '),
  }
}

export const noStrategy: StrategyValues = { by: 'layer_lead', layer: null, team: null, person: null }

/** A stage as it is added. */
export const newStage = (key: string, number: number): StageValues => ({
  key,
  name: number === 1 ? 'Owners' : 'Governance',
  reviewers: { ...noStrategy, by: number === 1 ? 'layer_lead' : 'governance_lead' },
  fallbacks: [],
  duration: '14 days',
  escalation: [],
  takes: ['certify', 'no_response'],
})

/** A campaign that nobody has thought about yet. */
export const blankValues: DefinitionValues = {
  kind: 'access',
  scope: {
    ...{ state: [], assignmentState: [], risk: [], environment: [], kind: [], team: [], layer: [], status: [] },
    ...{ scope: [], agent: null, tool: null, text: '' },
  },
  stages: [newStage('stage-0', 1)],
  nonResponse: 'gap',
  challengePeriod: '',
  closes: 'by_itself',
  selfReview: false,
  announce: '',
  instructions: '',
  attestation: '',
  reminderDays: '7, 3, 1',
}

/** A duration in words or as ISO 8601; what is none goes on as typed, for its refusal to name the field. */
const durationOf = (text: string) => durationIn(text) ?? text.trim()
const optionalDuration = (text: string) => (text.trim() === '' ? null : durationOf(text))

const withLayer: readonly string[] = ['layer_lead', 'accountable', 'manager']

function strategyFrom({ by, layer, team, person }: StrategyValues) {
  if (by === 'team') return { by, team: team ?? '' }
  if (by === 'person') return { by, person: person ?? '' }
  return { by, ...(layer !== null && withLayer.includes(by) && { layer }) }
}

/** Without what narrows nothing. */
function narrowing(filters: Record<string, string[] | string | null>) {
  return Object.fromEntries(
    Object.entries(filters)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
      .filter(([, value]) => value !== null && value.length > 0),
  )
}

function scopeFrom({ kind, scope }: DefinitionValues) {
  const { risk, agent, tool, team, layer, text } = scope
  const shared = { risk, agent, tool, team, layer, text }
  return kind === 'access'
    ? narrowing({
        ...shared,
        state: scope.state,
        environment: scope.environment,
        kind: scope.kind,
        status: scope.status,
      })
    : narrowing({ ...shared, state: scope.assignmentState, scope: scope.scope })
}

/** "7, 3, 1" → 7, 3, 1; what is no number goes on as such, to be refused. */
const daysIn = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number)

/** What the form says, to be checked by the schema of definitions. */
export function definitionFrom(values: DefinitionValues, only?: Definition['only']): unknown {
  const { kind, nonResponse, closes, selfReview, instructions, attestation } = values
  return {
    ...{ kind, nonResponse, closes, selfReview, instructions, attestation },
    scope: scopeFrom(values),
    stages: values.stages.map(({ name, reviewers, fallbacks, duration, escalation, takes }) => ({
      name,
      reviewers: strategyFrom(reviewers),
      fallbacks: fallbacks.map(strategyFrom),
      duration: durationOf(duration),
      escalation: escalation.map(({ after, action, to }) => ({
        after: durationOf(after),
        action,
        to: strategyFrom(to),
      })),
      takes,
    })),
    challengePeriod: optionalDuration(values.challengePeriod),
    announce: optionalDuration(values.announce),
    reminderDays: daysIn(values.reminderDays),
    ...(only && { only }),
  }
}

/** When a template launches by itself, all ways side by side. */
export type ScheduleValues = {
  launch: CampaignLaunch
  first: string
  every: string
  leadDays: string
  timeZone: string
  events: CertificationEventKind[]
}

/** What a schedule's fields read in the form; what it does not say is proposed. */
export function scheduleValuesOf(
  schedule: Schedule | null,
  proposed: { first: string; timeZone: string },
): ScheduleValues {
  const timed = schedule !== null && schedule.launch !== 'event' ? schedule : null
  return {
    launch: schedule?.launch ?? 'hand',
    first: schedule?.launch === 'recurring' ? schedule.first : proposed.first,
    every: durationWords(timed?.every ?? 'P3M'),
    leadDays: String(schedule?.launch === 'cadence' ? schedule.leadDays : 14),
    timeZone: timed?.timeZone ?? proposed.timeZone,
    events: schedule?.launch === 'event' ? schedule.events : [...certificationEventKinds],
  }
}

/** What the form says of the schedule, to be checked by its schema; null for by hand. */
export function scheduleFrom({ launch, first, every, leadDays, timeZone, events }: ScheduleValues): unknown {
  switch (launch) {
    case 'hand':
      return null
    case 'recurring':
      return { launch, first, every: durationOf(every), timeZone }
    case 'cadence':
      return { launch, leadDays: Number(leadDays), every: durationOf(every), timeZone }
    case 'event':
      return { launch, events }
  }
}

/** Everything that is typed about a campaign or a template. */
export type CampaignValues = DefinitionValues & {
  name: string
  description: string
  /** External id of the person whose account owns it; null for whoever makes it. */
  owner: string | null
  schedule: ScheduleValues
  enabled: boolean
}
