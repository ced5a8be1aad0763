import { type ActivationMode, activationModes, type Policy } from '@/lib/settings/model'

/** One value of the policy as the form shows it. `path` leads to it inside the policy. */
export interface PolicyField {
  path: string
  title: string
  /** What follows from it. */
  meaning?: string
  /** The unit of a number; null for what is no number. */
  unit: string | null
  /** What it is, when it is no number: how activation goes when left out. */
  kind?: 'time_zone' | 'hour'
  /** The rule that measures against it. */
  rule?: string
}

export interface PolicyGroup {
  title: string
  meaning: string
  fields: readonly PolicyField[]
}

const tiers = ['critical', 'high', 'medium', 'low'] as const
const tierTitles = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const
const byTier = (path: string, unit: string | null): PolicyField[] =>
  tiers.map((tier) => ({ path: `${path}.${tier}`, title: tierTitles[tier], unit }))

/** The policy in the order in which the form and its summary show it. */
export const policyGroups: readonly PolicyGroup[] = [
  {
    title: 'Limits of the rules',
    meaning: 'From when on a rule finds fault.',
    fields: [
      {
        path: 'gaps.acceptWithinDays',
        rule: 'owner-unconfirmed',
        title: 'Accept an ownership within',
        meaning: 'After that, a team that was named and has not answered is a gap.',
        unit: 'days',
      },
      {
        path: 'gaps.attestWithinDays',
        rule: 'contract-drift',
        title: 'An attestation holds for',
        meaning: 'After that, a point has to state again which contract it enforces.',
        unit: 'days',
      },
      {
        path: 'gaps.parityWithinDays',
        rule: 'parity-broken',
        title: 'A parity run holds for',
        meaning: 'After that, the points of a tool have to be asked again.',
        unit: 'days',
      },
      {
        path: 'gaps.allowlistReviewDays',
        rule: 'allowlist-unreviewed',
        title: 'An allowlist review holds for',
        meaning: 'After that, a local allowlist has to be reviewed centrally again.',
        unit: 'days',
      },
      {
        path: 'gaps.credentialLifetimeSecondsMax',
        rule: 'standing-credential',
        title: 'Longest life of a credential',
        meaning: 'At high or critical risk, a credential that lives longer counts as standing.',
        unit: 'seconds',
      },
      {
        path: 'gaps.logSilenceHoursMax',
        rule: 'monitoring-blind',
        title: 'A decision log may be silent for',
        meaning: 'After that, monitoring counts as blind.',
        unit: 'hours',
      },
      {
        path: 'gaps.delegationDepthMax',
        rule: 'delegation-hole',
        title: 'Deepest chain of delegation',
        meaning: 'A deeper chain is a gap of the agent at its head.',
        unit: 'steps',
      },
    ],
  },
  {
    title: 'Certified again, by risk of the binding',
    meaning: 'How long a certification holds before it is overdue.',
    fields: byTier('gaps.cadenceDays', 'days').map((field) => ({ ...field, rule: 'recertification-overdue' })),
  },
  {
    title: 'Due dates, by severity of the gap',
    meaning: 'By when a gap should be gone, counted from when it opened. Dates moved by hand stay.',
    fields: byTier('dueDays', 'days'),
  },
  {
    title: 'Exceptions',
    meaning: 'How long a risk may be accepted at a time.',
    fields: [{ path: 'exceptionDaysMax', title: 'An exception lasts at most', unit: 'days' }],
  },
  {
    title: 'Reviews and mail',
    meaning: 'Where days end for those whose own time zone nobody knows, and when people are mailed.',
    fields: [
      {
        path: 'reviews.timeZone',
        title: 'Time zone of the organisation',
        meaning: 'Who has none of their own is asked and mailed by it.',
        unit: null,
        kind: 'time_zone',
      },
      {
        path: 'reviews.mailHour',
        title: 'Mail goes out from',
        meaning: 'The hour of a person’s day, where they are.',
        unit: null,
        kind: 'hour',
      },
      {
        path: 'reviews.handoverDaysMax',
        title: 'Reviews are handed over for at most',
        meaning: 'All of somebody’s, as for a holiday.',
        unit: 'days',
      },
    ],
  },
  {
    title: 'Remediations, by risk of the binding',
    meaning: 'By when access that was revoked has to be gone where it is granted.',
    fields: byTier('reviews.remediationDays', 'days'),
  },
  {
    title: 'Sessions',
    meaning: 'How long somebody stays signed in.',
    fields: [
      {
        path: 'sessions.idleMinutes',
        title: 'Left alone, a session ends after',
        meaning: 'Whoever goes on working stays signed in.',
        unit: 'minutes',
      },
      { path: 'sessions.absoluteHours', title: 'In any case it ends after', unit: 'hours' },
      {
        path: 'sessions.confirmMinutes',
        title: 'Asked again who they are after',
        meaning: 'Before what is sensitive: signatures, exceptions, keys, tokens, accounts.',
        unit: 'minutes',
      },
    ],
  },
  {
    title: 'Provisioning',
    meaning:
      'How many people an identity provider may let go within an hour before somebody has to confirm: whichever is more.',
    fields: [
      { path: 'provisioning.holdAfter.people', title: 'People, whatever their share', unit: 'people' },
      { path: 'provisioning.holdAfter.percent', title: 'Share of those provisioned', unit: 'percent' },
    ],
  },
  {
    title: 'Transparency log',
    meaning: 'How soon what happened is fixed for good.',
    fields: [
      {
        path: 'checkpointMinutes',
        title: 'A checkpoint is signed every',
        meaning: 'When something has happened since the last.',
        unit: 'minutes',
      },
    ],
  },
  {
    title: 'No owner, no activation, by risk of the binding',
    meaning: 'What happens when a binding with an unowned layer is to become active.',
    fields: byTier('activation', null),
  },
]

/** The value that a path leads to, as a reader sees it. */
export function valueAt(policy: Policy, path: string): string | number {
  const value = path.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), policy)
  return typeof value === 'number' || typeof value === 'string' ? value : ''
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export const modeTitles: Record<ActivationMode, string> = { off: 'Nothing', warn: 'Warn', block: 'Block' }

/** Units that do not become one by losing an s. */
const singulars: Readonly<Record<string, string>> = { people: 'person', percent: 'percent' }

/** The unit as it follows a number. */
export const unitOf = (value: string | number, unit: string) =>
  value === 1 ? (singulars[unit] ?? unit.slice(0, -1)) : unit

const clockOf = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** Every hour of the day, for choosing one. */
export const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clockOf(hour) }))

/** A value of the policy in words. */
export function shown(value: string | number, { unit, kind }: PolicyField): string {
  if (kind === 'hour') return clockOf(Number(value))
  if (kind === 'time_zone') return String(value)
  if (unit !== null) return `${typeof value === 'number' ? value.toLocaleString('en') : value} ${unitOf(value, unit)}`
  const mode = activationModes.find((known) => known === value)
  return mode ? modeTitles[mode] : String(value)
}

export interface PolicyChange {
  field: PolicyField
  group: string
  from: string | number
  to: string | number
}

/** What differs between two policies, in the order of the form. */
export function changesOf(from: Policy, to: Policy): PolicyChange[] {
  return policyGroups.flatMap(({ title, fields }) =>
    fields
      .map((field) => ({ field, group: title, from: valueAt(from, field.path), to: valueAt(to, field.path) }))
      .filter((change) => change.from !== change.to),
  )
}

/** The limits that a rule measures against. */
export const limitsOf = (rule: string): PolicyField[] =>
  policyGroups.flatMap(({ fields }) => fields.filter((field) => field.rule === rule))
