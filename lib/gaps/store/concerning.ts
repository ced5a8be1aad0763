import 'server-only'
import { type Sql, sql } from '@/lib/db/sql'

/** Conditions on `g` (gap): which gaps are whose business. Ids and slugs are lists of the database's own types. */

/** On the agent, on its bindings, or on the assignments made for it. */
export const concerningAgent = (slug: string): Sql => sql`(g.subject_type, g.subject_id) IN (
  SELECT 'agent'::gap_subject_type, id FROM agent WHERE slug = ${slug}
  UNION ALL SELECT 'binding', b.id FROM agent x JOIN binding b ON b.agent_id = x.id WHERE x.slug = ${slug}
  UNION ALL SELECT 'assignment', a.id FROM agent x JOIN assignment a ON a.agent_id = x.id WHERE x.slug = ${slug})`

/** On the tool, on its bindings, or on the assignments made for it. */
export const concerningTool = (slug: string): Sql => sql`(g.subject_type, g.subject_id) IN (
  SELECT 'tool'::gap_subject_type, id FROM tool WHERE slug = ${slug}
  UNION ALL SELECT 'binding', b.id FROM tool x JOIN binding b ON b.tool_id = x.id WHERE x.slug = ${slug}
  UNION ALL SELECT 'assignment', a.id FROM tool x JOIN assignment a ON a.tool_id = x.id WHERE x.slug = ${slug})`

/** Affecting the binding, wherever it is placed. */
export const affectingBinding = (slug: string): Sql => sql`g.id IN (
  SELECT x.gap_id FROM gap_binding x JOIN binding b ON b.id = x.binding_id WHERE b.slug = ${slug})`

/**
 * Selects the ids of the gaps on an assignment that names one of the teams, or affecting a binding where one of them owns
 * the layer (any layer, for a gap without one). Goes from the teams to the gaps: most teams own little.
 */
export const gapsOfTeams = (teams: Sql): Sql => sql`
  SELECT g.id FROM assignment a JOIN gap g ON g.subject_type = 'assignment' AND g.subject_id = a.id
  WHERE a.team_id = ANY(${teams})
  UNION SELECT g.id FROM effective_owner e
    JOIN gap_binding x ON x.binding_id = e.binding_id JOIN gap g ON g.id = x.gap_id
  WHERE e.team_id = ANY(${teams}) AND (g.layer IS NULL OR g.layer = e.layer)`
