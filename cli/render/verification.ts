import type { Standing, Verdict } from '@/lib/evidence/verify/verdicts'
import type { Report } from '@/lib/evidence/verify/verify'
import type { Style, Terminal } from '../terminal'
import { oneLine } from './table'

const styles: Record<Standing, Style> = { holds: 'green', partly: 'yellow', fails: 'red', open: 'dim' }

/** The report of a verification for people: three verdicts apart, the first failure, what cannot be known. */
export function reportText(report: Report, terminal: Terminal): string {
  const { bundle, firstFailure, unknown } = report
  const lines = [
    ...(bundle
      ? [
          `${oneLine(bundle.origin)} as of ${bundle.asOf}: ${bundle.datasets.join(', ') || 'events only'}`,
          `checkpoint of ${bundle.checkpoint.size} events, root ${bundle.checkpoint.root}`,
          `key ${bundle.key.id}, ${bundle.key.from === 'given' ? 'as given' : 'taken from the bundle: give the published one with --key'}`,
        ]
      : []),
    ...(firstFailure
      ? [
          `First thing that does not hold (${firstFailure.check})${placeOf(firstFailure)}:`,
          `  ${oneLine(firstFailure.what)}`,
          ...(firstFailure.expected === null ? [] : [`  expected: ${oneLine(firstFailure.expected)}`]),
          ...(firstFailure.found === null ? [] : [`  found:    ${oneLine(firstFailure.found)}`]),
        ]
      : []),
    ...verdictLines('Integrity', report.integrity, terminal),
    ...verdictLines('Completeness', report.completeness, terminal),
    ...verdictLines('Freshness', report.freshness, terminal),
    'What this cannot know',
    ...unknown.map(listed),
  ]
  return `${lines.join('\n')}\n`
}

const listed = (text: string) => `  - ${oneLine(text)}`

function placeOf({ file, line }: NonNullable<Report['firstFailure']>): string {
  if (file === null) return ''
  const name = oneLine(file)
  return line === null ? ` in ${name}` : ` in ${name}, line ${line}`
}

function verdictLines(name: string, { standing, word, summary, statements }: Verdict, terminal: Terminal): string[] {
  return [
    `${name}: ${terminal.style(styles[standing], word.toLowerCase())}. ${oneLine(summary)}`,
    ...statements.map(listed),
  ]
}
