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
  severity: Severity
  state: GapState
  subject: { type: GapSubjectType; slug: string }
  /** How many active bindings it affects. */
  affected: number
  /** When it opened; null for an estate file, which has no history. */
  since: string | null
  explanation: string
}

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
      `${gap.subject.type} ${gap.subject.slug}`,
      gap.state,
      String(gap.affected),
    ]),
    terminal,
  )
}
