import { join, type Sql, sql } from '@/lib/db/sql'
import type { Condition, Operator } from './filter'
import type { AttributePath } from './paths'
import type { Attribute, ResourceType } from './schema'

/** Texts of a row by which it is found, in the form that an index has them. */
interface Column {
  text: Sql
  /** In small letters already. */
  folded?: boolean
}

const id: Column = { text: sql`r.id::text` }
const externalId: Column = { text: sql`r.external_id` }

const columns: Record<ResourceType['name'], Readonly<Record<string, Column>>> = {
  User: { id, externalId, userName: { text: sql`r.user_name_key`, folded: true } },
  Group: { id, externalId, displayName: { text: sql`r.display_key`, folded: true } },
}

const instants: Readonly<Record<string, Sql>> = {
  created: sql`r.created_at`,
  lastModified: sql`r.updated_at`,
}

/** The values of attributes that follow from other rows. */
const derived: Readonly<Record<string, Sql>> = {
  members: sql`SELECT jsonb_build_object('value', u.id::text, 'type', 'User', 'display', u.display)
    FROM scim_member m JOIN scim_user u ON u.id = m.user_id WHERE m.group_id = r.id`,
  groups: sql`SELECT jsonb_build_object('value', g.id::text, 'type', 'direct', 'display', g.display)
    FROM scim_member m JOIN scim_group g ON g.id = m.group_id WHERE m.user_id = r.id`,
}

/** Whose attributes are looked at: a row of the table, or one value of an attribute. */
interface Place {
  type: ResourceType
  json: Sql
  isRow: boolean
}

const nothing = sql`NULL::text`

const inJson = ({ json }: Place, { extension, attribute }: AttributePath): Sql =>
  extension === null
    ? sql`(${json} -> ${attribute.name}::text)`
    : sql`(${json} -> ${extension}::text -> ${attribute.name}::text)`

/** The text of a single value. */
function textAt(place: Place, path: AttributePath): Column {
  const { attribute, sub } = path
  const column = place.isRow && path.extension === null ? columns[place.type.name][attribute.name] : undefined
  if (column) return column
  if (place.isRow && attribute.name === 'meta') {
    return { text: sub?.name === 'resourceType' ? sql`${place.type.name}::text` : nothing }
  }
  return { text: sql`(${inJson(place, path)} #>> ${sub ? [sub.name] : []}::text[])` }
}

/** All values of a multi-valued attribute, one a row. */
function valuesOf(place: Place, path: AttributePath): Sql {
  const rows = place.isRow ? derived[path.attribute.name] : undefined
  return rows ?? sql`SELECT jsonb_array_elements(${inJson(place, path)})`
}

const wholes: Record<Exclude<Operator, 'ne'>, (text: Sql, wanted: Sql) => Sql> = {
  eq: (text, wanted) => sql`${text} = ${wanted}`,
  co: (text, wanted) => sql`strpos(${text}, ${wanted}) > 0`,
  sw: (text, wanted) => sql`starts_with(${text}, ${wanted})`,
  ew: (text, wanted) => sql`right(${text}, length(${wanted})) = ${wanted}`,
  gt: (text, wanted) => sql`${text} COLLATE "C" > ${wanted}`,
  ge: (text, wanted) => sql`${text} COLLATE "C" >= ${wanted}`,
  lt: (text, wanted) => sql`${text} COLLATE "C" < ${wanted}`,
  le: (text, wanted) => sql`${text} COLLATE "C" <= ${wanted}`,
}

const ordered: Readonly<Partial<Record<Operator, Sql>>> = {
  eq: sql`=`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
}

/** `column IS NOT NULL AND` keeps it two-valued, so that NOT is the opposite, and an index of use. */
function textCompared(
  { text, folded }: Column,
  leaf: Attribute,
  operator: Exclude<Operator, 'ne'>,
  value: string,
): Sql {
  const wanted = sql`${leaf.caseExact ? value : value.toLowerCase()}::text`
  const compared = leaf.caseExact || folded ? text : sql`lower(${text})`
  return sql`(${text} IS NOT NULL AND ${wholes[operator](compared, wanted)})`
}

function leafCompared(
  place: Place,
  path: AttributePath,
  operator: Exclude<Operator, 'ne'>,
  value: string | boolean,
): Sql {
  const leaf = path.sub ?? path.attribute
  const instant = place.isRow && path.attribute.name === 'meta' ? instants[leaf.name] : undefined
  const sign = ordered[operator]
  if (instant && sign) return sql`${instant} ${sign} ${String(value)}::timestamptz`
  if (instant) return sql`FALSE`
  return textCompared(
    textAt(place, path),
    typeof value === 'boolean' ? { ...leaf, caseExact: true } : leaf,
    operator,
    String(value),
  )
}

/** What is asked of one value of a list: of the value itself, or of a part of it. */
function ofValue(
  place: Place,
  sub: Attribute | null,
  attribute: Attribute,
  ask: (place: Place, path: AttributePath) => Sql,
): Sql {
  const value: Place = { ...place, json: sql`v.value`, isRow: false }
  return ask(value, { extension: null, attribute: sub ?? attribute, sub: null })
}

const anyValue = (place: Place, path: AttributePath, condition: Sql): Sql =>
  sql`EXISTS (SELECT FROM (${valuesOf(place, path)}) AS v(value) WHERE ${condition})`

function compared(place: Place, path: AttributePath, operator: Exclude<Operator, 'ne'>, value: string | boolean): Sql {
  if (!path.attribute.multiValued) return leafCompared(place, path, operator, value)
  const ask = (of: Place, leaf: AttributePath) => leafCompared(of, leaf, operator, value)
  return anyValue(place, path, ofValue(place, path.sub, path.attribute, ask))
}

function present(place: Place, path: AttributePath): Sql {
  const { attribute, sub } = path
  if (place.isRow && attribute.name === 'meta') return sql`TRUE`
  if (!attribute.multiValued) return sql`COALESCE(${textAt(place, path).text}, '') <> ''`
  const ask = (of: Place, leaf: AttributePath) => sql`COALESCE(${textAt(of, leaf).text}, '') <> ''`
  return anyValue(place, path, sub ? ofValue(place, sub, attribute, ask) : sql`TRUE`)
}

function sqlOf(condition: Condition, place: Place): Sql {
  switch (condition.kind) {
    case 'and':
      return sql`(${join(
        condition.conditions.map((each) => sqlOf(each, place)),
        ' AND ',
      )})`
    case 'or':
      return sql`(${join(
        condition.conditions.map((each) => sqlOf(each, place)),
        ' OR ',
      )})`
    case 'not':
      return sql`NOT ${sqlOf(condition.condition, place)}`
    case 'present':
      return present(place, condition.path)
    case 'values': {
      const { path, condition: inner } = condition
      const value: Place = { ...place, json: sql`v.value`, isRow: false }
      if (path.attribute.multiValued) return anyValue(place, path, sqlOf(inner, value))
      return sqlOf(inner, { ...value, json: inJson(place, path) })
    }
    case 'compare': {
      const { path, operator, value } = condition
      return operator === 'ne' ? sql`NOT ${compared(place, path, 'eq', value)}` : compared(place, path, operator, value)
    }
  }
}

const row = (type: ResourceType): Place => ({ type, json: sql`r.resource`, isRow: true })

/** A filter over rows `r` of the table that keeps resources of this kind. */
export const filterSql = (type: ResourceType, condition: Condition | null): Sql =>
  condition ? sqlOf(condition, row(type)) : sql`TRUE`

/** What rows `r` are put in order by: the value, or of several the primary one or else the first. */
export function sortSql(type: ResourceType, path: AttributePath): Sql {
  const { attribute, sub } = path
  const place = row(type)
  const instant = attribute.name === 'meta' && sub ? instants[sub.name] : undefined
  if (instant) return instant
  if (!attribute.multiValued) {
    const { text, folded } = textAt(place, path)
    return (sub ?? attribute).caseExact || folded ? text : sql`lower(${text})`
  }
  const part = sql`v.value #>> ${[sub?.name ?? 'value']}::text[]`
  return sql`(SELECT lower(${part}) FROM (${valuesOf(place, path)}) AS v(value) ORDER BY (v.value -> 'primary') = 'true' DESC NULLS LAST LIMIT 1)`
}
