import { Option } from 'commander'
import type { GapLine } from '@/lib/exporters/sarif/gap-line'
import type { Severity } from '@/lib/gaps/model'
import { columns } from './render/table'
import type { Style, Terminal } from './terminal'

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
