import { type Severity, severities } from '@/lib/gaps/model'
import { findRule } from '@/lib/gaps/rules'
import { type CatalogControl, controlsIn, type Framework } from './controls'
import type { ControlRow, ControlVerdict, FrameworkDetail, FrameworkRow } from './model'

/** The gaps of one rule that are there: what waits for somebody, by severity, and what was accepted. */
export interface RuleGaps {
  open: Readonly<Partial<Record<Severity, number>>>
  excepted: number
}

/** By rule; one that is missing has none. */
export type GapsByRule = ReadonlyMap<string, RuleGaps>

/** How the controls of a framework stand, by the gaps that there are. */
export function frameworkRow(framework: Framework, gaps: GapsByRule): FrameworkRow {
  return rowOf(framework, controlRows(framework, gaps))
}

/** A framework with each of its controls. */
export function frameworkDetail(framework: Framework, gaps: GapsByRule): FrameworkDetail {
  const rows = controlRows(framework, gaps)
  return { ...rowOf(framework, rows), licence: framework.licence, rows }
}

function rowOf({ key, title, version, url }: Framework, rows: readonly ControlRow[]): FrameworkRow {
  const countOf = (verdict: ControlVerdict) => rows.filter((row) => row.verdict === verdict).length
  const verdicts = {
    gaps: countOf('gaps'),
    excepted: countOf('excepted'),
    met: countOf('met'),
    not_evidenced: countOf('not_evidenced'),
  }
  return { key, title, version, url, controls: rows.length, verdicts }
}

function controlRows({ key }: Framework, gaps: GapsByRule): ControlRow[] {
  return controlsIn(key).map((control) => controlRow(control, gaps))
}

function controlRow({ id, title, summary, rules: evidence }: CatalogControl, gaps: GapsByRule): ControlRow {
  const rules = evidence.map(({ rule, reason }) => {
    const { open, excepted } = gaps.get(rule) ?? { open: {}, excepted: 0 }
    return { id: rule, title: findRule(rule)?.title ?? rule, reason, open: sum(Object.values(open)), excepted }
  })
  const open = sum(rules.map((rule) => rule.open))
  const excepted = sum(rules.map((rule) => rule.excepted))
  const worst =
    severities.findLast((severity) => evidence.some(({ rule }) => (gaps.get(rule)?.open[severity] ?? 0) > 0)) ?? null
  return { id, title, summary, verdict: verdictOf(rules.length, open, excepted), open, excepted, worst, rules }
}

function verdictOf(rules: number, open: number, excepted: number): ControlVerdict {
  if (rules === 0) return 'not_evidenced'
  if (open > 0) return 'gaps'
  return excepted > 0 ? 'excepted' : 'met'
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
