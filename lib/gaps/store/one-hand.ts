import 'server-only'
import { type Sql, sql } from '@/lib/db/sql'
import type { EstateChange } from '@/lib/estate/settle'
import { enforcementLayer, entitlementLayer } from '@/lib/layers'
import { dutiesConcentrated } from '../rules/duties-concentrated'

/** `g` (gap): there is or was too much in one hand, and it still stands. */
const standing = sql`g.rule = ${dutiesConcentrated.id} AND g.state <> 'resolved'`

/**
 * Selects the bindings whose duties are in one hand now, and those that a gap says it of. For when so many bindings
 * moved that naming them would cost more than looking at all.
 */
export const bindingsInOneHand: Sql = sql`
  SELECT f.binding_id FROM effective_owner f
    JOIN effective_owner t ON t.binding_id = f.binding_id AND t.layer = ${entitlementLayer}
    LEFT JOIN assignment fa ON fa.id = f.assignment_id LEFT JOIN assignment ta ON ta.id = t.assignment_id
  WHERE f.layer = ${enforcementLayer} AND (fa.person_id = ta.person_id OR (f.team_id = t.team_id AND NOT EXISTS (
    SELECT FROM effective_owner o WHERE o.binding_id = f.binding_id AND o.team_id IS DISTINCT FROM f.team_id)))
  UNION ALL SELECT g.subject_id FROM gap g WHERE ${standing}`

/** Selects the bindings where a gap says that one of these teams or people has too much in hand: it may have another name now. */
export const bindingsNaming = ({ teams = [], people = [] }: EstateChange): Sql => sql`
  SELECT g.subject_id FROM gap g
    JOIN effective_owner e ON e.binding_id = g.subject_id AND e.layer = ${enforcementLayer}
    LEFT JOIN assignment a ON a.id = e.assignment_id
  WHERE ${standing} AND (e.team_id = ANY(${[...teams]}::uuid[]) OR a.person_id = ANY(${[...people]}::uuid[]))`
