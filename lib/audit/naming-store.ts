import type { Db } from '@/lib/db/client'
import type { Reader } from '@/lib/db/reading'
import { join, type Sql, sql } from '@/lib/db/sql'
import { layerIds, layerOf } from '@/lib/layers'
import type { Names, SubjectName } from './naming'

interface NamedRow {
  type: string
  id: string
  name: string
  pageType: string
  pageSlug: string
  layer: string | null
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const agentTool = sql`(SELECT a.name || ' → ' || t.name || ' (' || b.environment || ')' FROM agent a, tool t WHERE a.id = b.agent_id AND t.id = b.tool_id)`

/** How each kind of subject is called and on which page it stands. `ids` are those of that kind. */
const lookUps: Readonly<Record<string, (ids: Sql) => Sql>> = {
  agent: (ids) => sql`SELECT 'agent', x.id, x.name, 'agent', x.slug, NULL FROM agent x WHERE x.id = ANY(${ids})`,
  tool: (ids) => sql`SELECT 'tool', x.id, x.name, 'tool', x.slug, NULL FROM tool x WHERE x.id = ANY(${ids})`,
  team: (ids) => sql`SELECT 'team', x.id, x.name, 'team', x.slug, NULL FROM team x WHERE x.id = ANY(${ids})`,
  person: (ids) =>
    sql`SELECT 'person', x.id, x.name, 'person', x.external_id, NULL FROM person x WHERE x.id = ANY(${ids})`,
  enforcement_point: (ids) =>
    sql`SELECT 'enforcement_point', x.id, x.name, 'enforcement_point', x.slug, NULL FROM enforcement_point x WHERE x.id = ANY(${ids})`,
  binding: (ids) =>
    sql`SELECT 'binding', b.id, ${agentTool}, 'binding', b.slug, NULL FROM binding b WHERE b.id = ANY(${ids})`,
  assignment: (ids) => sql`
    SELECT 'assignment', s.id, coalesce(a.name, t.name, p.name, b.slug, 'the organisation'),
      CASE WHEN s.scope = 'organisation' THEN 'team' ELSE s.scope::text END,
      coalesce(a.slug, t.slug, p.slug, b.slug, o.slug), s.layer
    FROM assignment s JOIN team o ON o.id = s.team_id LEFT JOIN agent a ON a.id = s.agent_id LEFT JOIN tool t ON t.id = s.tool_id
      LEFT JOIN enforcement_point p ON p.id = s.point_id LEFT JOIN binding b ON b.id = s.binding_id
    WHERE s.id = ANY(${ids})`,
  contract: (ids) => sql`
    SELECT 'contract', c.id, t.name || ', version ' || c.version, 'contract', t.slug || '@v' || c.version, NULL
    FROM contract c JOIN tool t ON t.id = c.tool_id WHERE c.id = ANY(${ids})`,
  gap: (ids) =>
    sql`SELECT 'gap', x.id, x.rule || ' on ' || x.subject_slug, 'gap', x.id::text, NULL FROM gap x WHERE x.id = ANY(${ids})`,
  exception: (ids) => sql`
    SELECT 'exception', x.id, x.rule || ' on ' || x.subject, 'exceptions', x.id::text, NULL FROM gap_exception x WHERE x.id = ANY(${ids})`,
  campaign: (ids) =>
    sql`SELECT 'campaign', x.id, x.name, 'campaign', x.slug, NULL FROM campaign x WHERE x.id = ANY(${ids})`,
  campaign_template: (ids) =>
    sql`SELECT 'campaign_template', x.id, x.name, 'campaign_template', x.slug, NULL FROM campaign_template x WHERE x.id = ANY(${ids})`,
  delegation: (ids) => sql`
    SELECT 'delegation', d.id, f.name || ' → ' || t.name, 'agent', f.slug, NULL
    FROM delegation d JOIN agent f ON f.id = d.from_agent_id JOIN agent t ON t.id = d.to_agent_id WHERE d.id = ANY(${ids})`,
  attestation: (ids) => sql`
    SELECT 'attestation', x.id, p.name || ' for ' || t.name || ', version ' || c.version, 'contract', t.slug || '@v' || c.version, NULL
    FROM attestation x JOIN enforcement_point p ON p.id = x.point_id JOIN tool t ON t.id = x.tool_id JOIN contract c ON c.id = x.contract_id
    WHERE x.id = ANY(${ids})`,
  parity_run: (ids) => sql`
    SELECT 'parity_run', x.id, t.name, 'parity', t.slug, NULL FROM parity_run x JOIN tool t ON t.id = x.tool_id WHERE x.id = ANY(${ids})`,
  succession: (ids) => sql`
    SELECT 'succession', x.id, p.name, 'succession', p.external_id, NULL FROM succession x JOIN person p ON p.id = x.leaver_id WHERE x.id = ANY(${ids})`,
  remediation: (ids) =>
    sql`SELECT 'remediation', x.id, x.binding_slug, 'remediation', x.id::text, NULL FROM remediation x WHERE x.id = ANY(${ids})`,
  import: (ids) =>
    sql`SELECT 'import', x.id, x.kind || ': ' || array_to_string(x.files, ', '), 'import', x.id::text, NULL FROM import_run x WHERE x.id = ANY(${ids})`,
  account: (ids) => sql`
    SELECT 'account', x.id, coalesce(a.name, x.name), CASE WHEN a.id IS NULL THEN 'accounts' ELSE 'service_account' END,
      coalesce(a.slug, x.email), NULL
    FROM account x LEFT JOIN service_account s ON s.account_id = x.id LEFT JOIN agent a ON a.id = s.agent_id WHERE x.id = ANY(${ids})`,
  api_token: (ids) => sql`
    SELECT 'api_token', x.id, x.name, CASE WHEN a.id IS NULL THEN 'tokens' ELSE 'service_account' END, coalesce(a.slug, ''), NULL
    FROM api_token x LEFT JOIN service_account s ON s.account_id = x.account_id LEFT JOIN agent a ON a.id = s.agent_id WHERE x.id = ANY(${ids})`,
}

/** What these subjects are called by now, by "type:id". What is gone, or was never one record, has no entry. */
export async function namesOfSubjects(
  db: Db,
  subjects: readonly { type: string; id: string }[],
): Promise<Map<string, SubjectName>> {
  const byType = new Map<string, Set<string>>()
  for (const { type, id } of subjects) {
    if (!uuidPattern.test(id) || !Object.hasOwn(lookUps, type)) continue
    byType.set(type, (byType.get(type) ?? new Set()).add(id))
  }
  const parts = [...byType].flatMap(([type, ids]) => lookUps[type]?.(sql`${[...ids]}::uuid[]`) ?? [])
  if (parts.length === 0) return new Map()
  const rows = await db.query<NamedRow>(sql`
    SELECT n.type, n.id::text, n.name, n.page AS "pageType", n.slug AS "pageSlug", n.layer
    FROM (${join(parts, ' UNION ALL ')}) AS n (type, id, name, page, slug, layer)`)
  return new Map(
    rows.map(({ type, id, name, pageType, pageSlug, layer }) => [
      `${type}:${id}`,
      { name: withLayer(name, layer), page: { type: pageType, slug: pageSlug } },
    ]),
  )
}

function withLayer(name: string, layer: string | null): string {
  const known = layerIds.find((id) => id === layer)
  return known === undefined ? name : `${layerOf(known).title} of ${name}`
}

/** People by external id or id, and teams by slug or id, as events name them. */
export async function namesOfPeopleAndTeams(db: Db, people: string[], teams: string[]): Promise<Names> {
  if (people.length + teams.length === 0) return { people: {}, teams: {} }
  const rows = await db.query<{ kind: 'people' | 'teams'; key: string; id: string; name: string }>(sql`
    SELECT 'people' AS kind, external_id AS key, id::text, name FROM person
    WHERE external_id = ANY(${people}) OR id = ANY(${people.filter((key) => uuidPattern.test(key))}::uuid[])
    UNION ALL
    SELECT 'teams', slug, id::text, name FROM team
    WHERE slug = ANY(${teams}) OR id = ANY(${teams.filter((key) => uuidPattern.test(key))}::uuid[])`)
  const names: Names = { people: {}, teams: {} }
  const wanted = { people: new Set(people), teams: new Set(teams) }
  for (const { kind, key, id, name } of rows)
    for (const known of [key, id]) if (wanted[kind].has(known)) names[kind][known] = name
  return names
}

const byKey: Readonly<Record<string, (key: string) => Sql>> = {
  agent: (key) => sql`SELECT id::text FROM agent WHERE slug = ${key}`,
  tool: (key) => sql`SELECT id::text FROM tool WHERE slug = ${key}`,
  team: (key) => sql`SELECT id::text FROM team WHERE slug = ${key}`,
  person: (key) => sql`SELECT id::text FROM person WHERE external_id = ${key}`,
  enforcement_point: (key) => sql`SELECT id::text FROM enforcement_point WHERE slug = ${key}`,
  binding: (key) => sql`SELECT id::text FROM binding WHERE slug = ${key}`,
  campaign: (key) => sql`SELECT id::text FROM campaign WHERE slug = ${key}`,
  contract: (key) => sql`
    SELECT c.id::text FROM contract c JOIN tool t ON t.id = c.tool_id WHERE t.slug || '@v' || c.version = ${key}
      AND t.slug = split_part(${key}, '@v', 1)`,
}

/** The id of the thing of this kind and key, which may be its id already; null when there is none. */
export async function thingCalled(db: Reader, kind: string, key: string): Promise<string | null> {
  if (uuidPattern.test(key)) return key
  const [row] = await db.query<{ id: string }>(byKey[kind]?.(key) ?? sql`SELECT NULL AS id WHERE FALSE`)
  return row?.id ?? null
}
