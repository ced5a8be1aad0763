import { type Sql, sql } from '@/lib/db/sql'
import type { CampaignKind } from './model'

/** Up to where a campaign still asks about an item: until somebody answers, or until the answer is applied. */
type Until = 'answered' | 'applied'

const column: Record<CampaignKind, Sql> = { access: sql`i.binding_id`, ownership: sql`i.assignment_id` }

/**
 * Condition that no campaign asks about the binding or assignment `id` at the moment. A campaign being launched has no
 * items yet, but may name what it will ask about.
 */
export function notAskedAbout(kind: CampaignKind, id: Sql, until: Until): Sql {
  const going = until === 'answered' ? sql`('open')` : sql`('open', 'answered', 'settled', 'contested')`
  return sql`(
    NOT EXISTS (
      SELECT FROM review_item i JOIN campaign c ON c.id = i.campaign_id
      WHERE ${column[kind]} = ${id} AND i.state IN ${going} AND c.state IN ('launching', 'running', 'settled', 'closing'))
    AND ${id}::text NOT IN (
      SELECT named FROM campaign c CROSS JOIN jsonb_array_elements_text(COALESCE(c.definition -> 'only', '[]')) named
      WHERE c.state = 'launching' AND c.kind = ${kind}::campaign_kind))`
}
