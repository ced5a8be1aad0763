import { Option } from 'commander'
import type { GapState, GapSubjectType, Severity } from '@/lib/gaps/model'
import type { LayerId } from '@/lib/layers'
import { columns } from './render/table'
import type { Style, Terminal } from './terminal'

/** A gap as commands print it; its names are a promise to scripts. */
export interface GapLine {
  id: string
  rule: string
  layer: LayerId | null
  /** Slug of the enforcement point it is about, where a rule finds fault point by point. */
  point: string | null
  severity: Severity
  state: GapState
  subject: { type: GapSubjectType; slug: string }
  /** How many active bindings it affects. */
  affected: number
  /** When it opened; null for an estate file, which has no history. */
  since: string | null
  explanation: string
}

/** Whether its risk is accepted; such a gap fails nothing. */
export const isExcepted = ({ state }: GapLine): boolean => state === 'excepted'

export const findingFormats = ['table', 'json', 'sarif'] as const
export type FindingFormat = (typeof findingFormats)[number]

/** The option by which commands that print gaps take their format. */
export const findingFormatOption = () =>
  new Option('--format <format>', 'how to print').choices(findingFormats).default('table')

/** The colour of each severity on a terminal; the word stands beside it. */
export const severityStyles: Record<Severity, Style> = {
  critical: ['red', 'bold'],
  high: 'red',
  medium: 'yellow',
  low: 'dim',
}

/** Gaps as aligned lines for people. */
export function gapTable(gaps: readonly GapLine[], terminal: Terminal): string {
  return columns(
    ['SEVERITY', 'RULE', 'LAYER', 'SUBJECT', 'STATE', 'AFFECTED'],
    gaps.map((gap) => [
      { text: gap.severity, style: severityStyles[gap.severity] },
      gap.rule,
      gap.layer ?? '-',
      gap.point === null
        ? `${gap.subject.type} ${gap.subject.slug}`
        : `${gap.subject.type} ${gap.subject.slug} at ${gap.point}`,
      gap.state,
      String(gap.affected),
    ]),
    terminal,
  )
}
