import { sql } from '@/lib/db/sql'

/** Joins to `e` (certification_event) what it happened to. What joined a chain is noted by slug. */
export const namesOfEvent = sql`
  LEFT JOIN person p ON p.id = e.person_id LEFT JOIN binding x ON x.id = e.binding_id
  LEFT JOIN tool t ON t.id = e.tool_id LEFT JOIN agent g ON g.id = e.agent_id
  LEFT JOIN agent f ON e.kind = 'chain_extended' AND e.binding_id IS NULL AND f.slug = e.after
  LEFT JOIN tool j ON e.kind = 'chain_extended' AND e.binding_id IS NOT NULL AND j.slug = e.after`

/** The columns of a `NamedEvent`, after `namesOfEvent`. */
export const eventNames = sql`
  e.kind, e.before, COALESCE(f.name, j.name, e.after) AS after, p.name AS person, x.slug AS binding, t.name AS tool,
  g.name AS agent`
