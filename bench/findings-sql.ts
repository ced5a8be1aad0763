import { strict as assert } from 'node:assert'
import { evaluateRule } from '@/lib/gaps/evaluate'
import { indexPicture } from '@/lib/gaps/indexed-picture'
import { defaultGapPolicy } from '@/lib/gaps/model'
import type { Picture } from '@/lib/gaps/picture'
import type { Rule } from '@/lib/gaps/rule'
import { frontDoorOnly } from '@/lib/gaps/rules/front-door-only'
import { layerUnowned } from '@/lib/gaps/rules/layer-unowned'
import type { Bench } from './database'
import { against, type Figure } from './figures'
import { seldom, timeBoth } from './measure'

/** Layers nobody owns, by where that can be mended: agents or tools with their open bindings, and agents without any. */
const unownedLayers = `
  SELECT e.layer, CASE l.natural_anchor WHEN 'agent' THEN b.agent_id ELSE b.tool_id END AS subject, count(*)::int AS affected
  FROM binding b JOIN effective_owner e ON e.binding_id = b.id AND e.assignment_id IS NULL
    JOIN control_layer l ON l.id = e.layer JOIN agent g ON g.id = b.agent_id
  WHERE b.state = 'active' AND (l.natural_anchor <> 'agent' OR g.lifecycle = 'active')
  GROUP BY 1, 2
  UNION ALL
  SELECT l.id, g.id, 0 FROM agent g CROSS JOIN control_layer l
  WHERE g.lifecycle = 'active' AND l.natural_anchor = 'agent'
    AND NOT EXISTS (SELECT FROM binding b WHERE b.agent_id = g.id AND b.state = 'active')
    AND NOT EXISTS (SELECT FROM assignment a WHERE a.layer = l.id AND a.state IN ('proposed', 'accepted')
      AND a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to > $1)
      AND (a.agent_id = g.id OR (a.scope = 'organisation' AND l.inherits_from_organisation)))`

/** Tools behind a gateway or broker whose enforcement is unowned, or owned by those who run it. */
const frontDoors = `
  SELECT b.tool_id, count(*)::int AS affected
  FROM binding b JOIN effective_owner e ON e.binding_id = b.id AND e.layer = 'enforcement'
  WHERE b.state = 'active' AND $1::timestamptz IS NOT NULL AND EXISTS (
    SELECT FROM path_step s JOIN enforcement_point p ON p.id = s.point_id
    WHERE s.binding_id = b.id AND p.kind <> 'application' AND (e.team_id IS NULL OR p.team_id = e.team_id))
  GROUP BY b.tool_id`

/**
 * Two rules beside hand-written SQL for what they find. The SQL reads the owners as they are kept and says only what is
 * wrong where; the rules resolve the owners themselves, from the picture, and say it in words.
 */
export async function* compareWithSql(
  { database, now }: Bench,
  picture: Picture,
  section: string,
): AsyncGenerator<Figure> {
  const limits = { now: now.getTime(), policy: defaultGapPolicy }
  const compared: [Rule, string][] = [
    [layerUnowned, unownedLayers],
    [frontDoorOnly, frontDoors],
  ]
  for (const [rule, text] of compared) {
    const evaluate = () => evaluateRule(rule, indexPicture(picture, limits.now), limits)
    const select = () => database.pool.query<{ affected: number }>(text, [now])
    const found = evaluate()
    const { rows } = await select()
    const bindings = found.reduce((sum, finding) => sum + finding.bindingIds.length, 0)
    assert.equal(found.length, rows.length, `${rule.id}: other findings than by SQL`)
    assert.equal(
      bindings,
      rows.reduce((sum, row) => sum + row.affected, 0),
      `${rule.id}: other bindings than by SQL`,
    )
    const both = await timeBoth(async () => evaluate(), select, seldom)
    const what = `${rule.id}: ${found.length.toLocaleString('en')} findings, ${bindings.toLocaleString('en')} bindings`
    yield against(section, what, both, 'hand-written SQL')
  }
}
