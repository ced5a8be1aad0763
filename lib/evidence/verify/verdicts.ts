import type { OpenedCheckpoint } from '@/lib/transparency/checkpoint'
import type { VerifierKey } from '@/lib/transparency/verifier-key'
import type { Manifest } from '../model'
import type { EventsRead } from './events'
import type { History } from './history'
import type { PeriodRead } from './period'
import type { Rederivation } from './rederive'
import type { RowsRead } from './rows'

/** `holds`: shown. `partly`: shown, with a limit that the statements name. `fails`: not so. `open`: nothing was shown. */
export type Standing = 'holds' | 'partly' | 'fails' | 'open'

export interface Verdict {
  standing: Standing
  /** The standing of this very verdict in a word or two. */
  word: string
  /** One sentence. */
  summary: string
  statements: string[]
}

/** What the checks found out about a bundle that holds. */
export interface Findings {
  manifest: Manifest
  key: VerifierKey
  isKeyGiven: boolean
  head: OpenedCheckpoint
  witnessKeys: readonly VerifierKey[]
  history: History
  events: EventsRead
  recordedAt: string
  period: PeriodRead | null
  rows: readonly RowsRead[]
  rederivation: Rederivation | null
}

const count = (value: number, one: string, many = `${one}s`) =>
  `${value.toLocaleString('en')} ${value === 1 ? one : many}`

export function integrityOf({
  manifest,
  key,
  isKeyGiven,
  head,
  history,
  events,
  rows,
  rederivation,
}: Findings): Verdict {
  const differing = rederivation?.differing ?? []
  return {
    standing: isKeyGiven && differing.length === 0 ? 'holds' : 'partly',
    word: !isKeyGiven
      ? 'Unchanged, by its own key'
      : differing.length === 0
        ? 'Unchanged'
        : 'Unchanged, with a question',
    summary: isKeyGiven
      ? `Nothing in it was changed since ${manifest.origin} signed it.`
      : 'Nothing in it was changed since it was signed with the key that it carries itself.',
    statements: [
      ...(isKeyGiven
        ? []
        : [`Whose key that is, the bundle cannot show. Compare key ${key.keyId} with the one that is published.`]),
      `${count(manifest.files.length, 'file')}: all there, none more, each with the digest that was signed.`,
      `${count(events.count, 'event')}: each is in the log at its place, in a tree of ${count(head.checkpoint.size, 'event')}.`,
      ...(events.openings > 0
        ? [`${count(events.openings, 'personal value')}: each is what its event is committed to.`]
        : []),
      ...rows.map(
        ({ dataset, rows }) => `${dataset}: ${count(rows, 'row')}, as the log recorded ${rows === 1 ? 'it' : 'them'}.`,
      ),
      historyStatement(history),
      ...(rederivation ? rederivationStatements(rederivation) : []),
    ],
  }
}

function historyStatement(history: History): string {
  switch (history.kind) {
    case 'none':
      return 'No earlier checkpoint was given, so that the log only grew is not shown.'
    case 'held':
      return `The log only grew since the checkpoint that you hold (${count(history.size, 'event')}).`
    case 'claimed':
      return `The log only grew since ${count(history.size, 'event')} with root ${history.root}. Compare that with a checkpoint of your own.`
  }
}

function rederivationStatements({ agreeing, differing, underivable }: Rederivation): string[] {
  const [first] = differing
  return [
    ...(agreeing > 0 ? [`assignments: ${count(agreeing, 'row')} re-derived from the events, and the same.`] : []),
    ...(underivable > 0
      ? [
          `assignments: cannot re-derive ${count(underivable, 'row')}: an import or campaign made them, or their events are not in the bundle.`,
        ]
      : []),
    ...(first
      ? [
          `assignments: ${count(differing.length, 'row')} not as the events say. An import or a campaign may have changed them since; the first is ${first.key}: ${first.field} is "${first.row}", by the events "${first.events}".`,
        ]
      : []),
  ]
}

export function completenessOf({ rows, period, manifest }: Findings): Verdict {
  const isWhole = rows.every((each) => each.rows === each.of) && (period?.isWhole ?? true)
  const isPart = rows.length > 0 || period !== null
  return {
    standing: !isPart ? 'open' : isWhole ? 'holds' : 'partly',
    word: !isPart ? 'Nothing claimed' : isWhole ? 'Whole' : 'A part',
    summary: !isPart
      ? 'It claims no population.'
      : isWhole
        ? 'Nothing is left out of what it claims to hold.'
        : 'It holds a part, and proves each row of it; what else would belong to it cannot be known from it.',
    statements: [
      ...rows.map(({ dataset, rows, of }) =>
        rows === of
          ? `${dataset}: the whole population, ${rows.toLocaleString('en')} of ${count(of, 'row')}.`
          : `${dataset}: ${rows.toLocaleString('en')} of ${count(of, 'row')}. Whether the filter left out a row that it should have kept cannot be known from the bundle.`,
      ),
      ...(period && manifest.request.period ? [periodStatement(period, manifest.request.period)] : []),
    ],
  }
}

function periodStatement({ count: events, isWhole }: PeriodRead, { from, to }: { from: string; to: string }): string {
  const span = `Events from ${from} until before ${to}`
  return isWhole
    ? `${span}: all of them, ${events.toLocaleString('en')}; the log has no other between them, and its neighbours are outside.`
    : `${span}: ${events.toLocaleString('en')} are there, but that there are no others is not shown.`
}

export function freshnessOf({ manifest, head, witnessKeys, recordedAt }: Findings, now: Date): Verdict {
  const { asOf, request } = manifest
  const witnesses = head.witnessedBy
  return {
    standing: witnesses.length > 0 ? 'holds' : 'partly',
    word: witnesses.length > 0 ? 'Witnessed' : 'Not witnessed',
    summary: `It shows the state of ${asOf}, ${age(new Date(asOf), now)}.`,
    statements: [
      `The log recorded that state at ${recordedAt}, by its own clock.`,
      ...(request.asOf !== null && request.asOf !== asOf
        ? [`${request.asOf} was asked for. What changed in between is not in it.`]
        : []),
      ...witnesses.map(
        ({ key, timestampSeconds }) =>
          `Witness ${key.name} saw this checkpoint at ${new Date(timestampSeconds * 1000).toISOString()}.`,
      ),
      ...(witnesses.length === 0 ? [unwitnessed(head, witnessKeys)] : []),
    ],
  }
}

function unwitnessed({ note }: OpenedCheckpoint, witnessKeys: readonly VerifierKey[]): string {
  if (witnessKeys.length > 0) return 'None of the witnesses whose keys were given saw this checkpoint.'
  const others = note.signatures.length - 1
  return others > 0
    ? `${count(others, 'further signature')} on the checkpoint not checked: give the keys of the witnesses for that.`
    : 'No witness saw this checkpoint: when it was made rests on the word of the log.'
}

const minuteMs = 60_000
const units = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const

function age(then: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - then.getTime()) / minuteMs)
  if (minutes < 0) return 'which is in the future by the clock of this computer'
  const [unit, size] = units.find(([, each]) => minutes >= each) ?? ['minute', 1]
  return minutes === 0 ? 'less than a minute ago' : `${count(Math.floor(minutes / size), unit)} ago`
}

/** What no bundle can show, whatever is in it. */
export function unknownOf({ isKeyGiven, history, head }: Findings): string[] {
  return [
    'Whether what was entered was true: the log shows what was recorded, by whom and when, and that it was not changed since.',
    'Whether something was done without being recorded.',
    ...(isKeyGiven ? [] : ['Who holds the key that signed this.']),
    ...(history.kind === 'held'
      ? []
      : [
          'Whether others were shown another history: compare checkpoints with somebody else, or keep one and ask for a proof from it.',
        ]),
    ...(head.witnessedBy.length === 0 ? ['Whether the times are right: they are the clock of the server.'] : []),
    'What happened after the state that it shows.',
    'index.html and the .csv files are bound by the signature alone: the .ndjson files are what is proved.',
  ]
}
