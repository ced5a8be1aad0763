import type { GapState, Severity } from '@/lib/gaps/model'
import { findRule } from '@/lib/gaps/rules'
import { urls } from '@/lib/urls'
import { controlProperties, objectiveId } from './controls'
import type { OscalException, OscalGap, OscalGapEvent, OscalRemediation } from './model'
import { ownNamespace, property } from './properties'
import { markupLine, markupText } from './texts'
import { uuidOf } from './uuids'

/** OSCAL's own word for a state of a gap (`risk-status`). */
const riskStatus: Record<GapState, string> = {
  open: 'open',
  acknowledged: 'investigating',
  remediating: 'remediating',
  excepted: 'deviation-approved',
  resolved: 'closed',
}

const titleOf = ({ rule, subject, layer, point }: OscalGap) =>
  markupLine(
    `${findRule(rule)?.title ?? rule}: ${subject.slug}${layer === null ? '' : `, ${layer}`}${point === null ? '' : ` at ${point.slug}`}`,
  )

/** Who says so: the platform that evaluates the rules. */
const origins = [{ actors: [{ type: 'assessment-platform', 'actor-uuid': uuidOf('assessment-platform', 'pentarch') }] }]

const properties = ({ rule, layer, severity, state, affected, dueAt }: OscalGap) => [
  property('rule', rule),
  property('severity', severity),
  property('state', state),
  property('affected-bindings', String(affected)),
  ...(layer === null ? [] : [property('layer', layer)]),
  ...(dueAt === null ? [] : [property('due', dueAt.toISOString())]),
]

const pageOf = ({ id }: OscalGap) => [{ href: urls.gap(id), rel: 'reference' }]

/** The gap as something that was observed. */
export function observationOf(gap: OscalGap) {
  const { id, subject, point, openedAt, explanation } = gap
  const subjects = [subject, ...(point === null ? [] : [point])]
  return {
    uuid: uuidOf('observation', id),
    title: titleOf(gap),
    description: markupText(explanation),
    props: properties(gap),
    links: pageOf(gap),
    methods: ['TEST'],
    types: ['finding'],
    origins,
    subjects: subjects.map((each) => ({
      'subject-uuid': uuidOf('component', each.id),
      type: 'component',
      title: markupLine(each.slug),
    })),
    collected: openedAt.toISOString(),
  }
}

/** The gap as a risk, with its severity, its status, and what is being done about it. */
export function riskOf(gap: OscalGap) {
  const { id, rule, severity, state, dueAt, exception, events, explanation } = gap
  return {
    uuid: uuidOf('risk', id),
    title: titleOf(gap),
    description: markupText(explanation),
    statement: markupText(findRule(rule)?.why ?? explanation),
    props: properties(gap),
    links: pageOf(gap),
    status: exception?.state === 'asked' && state !== 'excepted' ? 'deviation-requested' : riskStatus[state],
    origins,
    characterizations: [characterization(severity)],
    ...(dueAt && { deadline: dueAt.toISOString() }),
    remediations: responsesTo(gap),
    ...(events.length > 0 && { 'risk-log': { entries: events.map(logEntry) } }),
    'related-observations': [{ 'observation-uuid': uuidOf('observation', id) }],
  }
}

const characterization = (severity: Severity) => ({
  origin: origins[0],
  facets: [{ name: 'severity', system: ownNamespace, value: severity }],
})

const logEntry = ({ id, at, toState, actor, note }: OscalGapEvent) => ({
  uuid: uuidOf('gap-event', id),
  title: markupLine(`${toState}, by ${actor}`),
  ...(note !== null && { description: markupText(note) }),
  start: at.toISOString(),
  'status-change': riskStatus[toState],
})

function responsesTo(gap: OscalGap) {
  const { exception, remediation } = gap
  return [
    mending(gap),
    ...(remediation === null ? [] : [removal(remediation)]),
    ...(exception === null ? [] : [acceptance(exception)]),
  ]
}

/** What the rule advises, planned as soon as somebody works on it. */
function mending({ id, rule, state, dueAt, assigneeId, teamIds, explanation }: OscalGap) {
  const found = findRule(rule)
  return {
    uuid: uuidOf('response', id),
    lifecycle: state === 'remediating' ? 'planned' : 'recommendation',
    title: 'Mend it',
    description: markupText(found?.fix ?? explanation),
    props: [{ name: 'type', value: 'mitigate' }],
    origins,
    ...(dueAt && { tasks: [milestone(id, 'The gap is gone', dueAt, { assigneeId, teamIds })] }),
  }
}

function removal({ id, dueAt, assigneeId, teamId }: OscalRemediation) {
  const responsible = { assigneeId, teamIds: teamId === null ? [] : [teamId] }
  return {
    uuid: uuidOf('response', id),
    lifecycle: 'planned',
    title: 'Take the revoked access away',
    description: 'A campaign revoked this access. It has to go where it is granted as well.',
    props: [{ name: 'type', value: 'avoid' }],
    tasks: [milestone(id, 'The access is gone where it was granted', dueAt, responsible)],
  }
}

function acceptance({ id, state, reason, askedBy, decidedBy, expires }: OscalException) {
  const isInForce = state === 'in_force'
  return {
    uuid: uuidOf('response', id),
    lifecycle: isInForce ? 'completed' : 'planned',
    title: isInForce ? 'The risk is accepted for a while' : 'Acceptance of the risk was asked for',
    description: markupText(reason),
    props: [
      { name: 'type', value: 'accept' },
      property('asked-by', askedBy),
      ...(decidedBy === null ? [] : [property('approved-by', decidedBy)]),
    ],
    tasks: [milestone(id, isInForce ? 'The exception expires' : 'The exception would expire', expires)],
  }
}

/** Something that has to be so by a date, and who sees to it. */
function milestone(
  id: string,
  title: string,
  date: Date,
  { assigneeId, teamIds }: { assigneeId: string | null; teamIds: readonly string[] } = {
    assigneeId: null,
    teamIds: [],
  },
) {
  const roles = [
    ...(assigneeId === null ? [] : [{ 'role-id': 'assignee', 'party-uuids': [uuidOf('party', assigneeId)] }]),
    ...(teamIds.length === 0
      ? []
      : [{ 'role-id': 'layer-owner', 'party-uuids': teamIds.map((team) => uuidOf('party', team)) }]),
  ]
  return {
    uuid: uuidOf('milestone', id),
    type: 'milestone',
    title,
    timing: { 'on-date': { date: date.toISOString() } },
    ...(roles.length > 0 && { 'responsible-roles': roles }),
  }
}

/** The gap as a finding: what its rule asks for is not satisfied. */
export function findingOf(gap: OscalGap) {
  const { id, rule, state, explanation } = gap
  return {
    uuid: uuidOf('finding', id),
    title: titleOf(gap),
    description: markupText(explanation),
    props: [...properties(gap), ...controlProperties(rule)],
    links: pageOf(gap),
    origins,
    target: {
      type: 'objective-id',
      'target-id': objectiveId(rule),
      title: markupLine(findRule(rule)?.title ?? rule),
      status: {
        state: 'not-satisfied',
        reason: state === 'excepted' ? 'other' : 'fail',
        ...(state === 'excepted' && { remarks: 'The risk is accepted by an exception.' }),
      },
    },
    'related-observations': [{ 'observation-uuid': uuidOf('observation', id) }],
    'related-risks': [{ 'risk-uuid': uuidOf('risk', id) }],
  }
}

/** A rule that found nothing. It says that what the rule looks for is not there; not that a control is fulfilled. */
export function satisfiedFinding(rule: { id: string; title: string; when: string }) {
  return {
    uuid: uuidOf('finding', `rule:${rule.id}`),
    title: markupLine(`Not found: ${rule.title}`),
    description: markupText(`Looked for, and not found: ${rule.when}`),
    props: [property('rule', rule.id), ...controlProperties(rule.id)],
    origins,
    target: {
      type: 'objective-id',
      'target-id': objectiveId(rule.id),
      title: markupLine(rule.title),
      status: { state: 'satisfied', reason: 'pass' },
    },
  }
}

/** The gap as an item of a plan of action and milestones. */
export function poamItemOf(gap: OscalGap) {
  const { id, rule, explanation } = gap
  return {
    uuid: uuidOf('poam-item', id),
    title: titleOf(gap),
    description: markupText(explanation),
    props: [...properties(gap), ...controlProperties(rule)],
    links: pageOf(gap),
    origins,
    'related-observations': [{ 'observation-uuid': uuidOf('observation', id) }],
    'related-risks': [{ 'risk-uuid': uuidOf('risk', id) }],
  }
}
