import 'server-only'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import type { Severity } from '@/lib/gaps/model'
import type { GapsByRule, RuleGaps } from './coverage'

/** The gaps that are there, by rule: one grouped read of the index on rule and state. */
export async function countGapsByRule(db: Reader): Promise<GapsByRule> {
  const rows = await db.query<{ rule: string; excepted: boolean; severity: Severity; count: number }>(sql`
    SELECT rule, state = 'excepted' AS excepted, severity, count(*)::int AS count
    FROM gap WHERE state <> 'resolved' GROUP BY 1, 2, 3`)
  const byRule = new Map<string, RuleGaps>()
  for (const { rule, excepted, severity, count } of rows) {
    const gaps = byRule.get(rule) ?? { open: {}, excepted: 0 }
    byRule.set(
      rule,
      excepted ? { ...gaps, excepted: gaps.excepted + count } : { ...gaps, open: { ...gaps.open, [severity]: count } },
    )
  }
  return byRule
}
