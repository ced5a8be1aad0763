import { type Sql, sql } from '@/lib/db/sql'

/** A field of the estate format and how the database holds it: `t` is the row, `r.f` the fields of an incoming entity. */
export interface Column {
  field: string
  /** The column, or null for what stands in a table of its own. */
  column: Sql | null
  /** Null for what is only written. */
  read: Sql | null
  write: Sql
}

const incoming = (field: string) => sql`r.f->>${field}::text`

/** Text as it stands. */
export function text(field: string, column: Sql): Column {
  return { field, column, read: sql`t.${column}`, write: incoming(field) }
}

/** A value that has to be cast on its way in: an enum, a number, a boolean. */
export function typed(field: string, column: Sql, type: Sql): Column {
  return { field, column, read: sql`t.${column}`, write: sql`(${incoming(field)})::${type}` }
}

/** A mark: true, or null for what is not marked, which a file says by saying nothing. */
export function mark(field: string, column: Sql): Column {
  return {
    field,
    column,
    read: sql`NULLIF(t.${column}, FALSE)`,
    write: sql`COALESCE((${incoming(field)})::boolean, FALSE)`,
  }
}

/** An instant exactly as JavaScript writes it. */
export function isoText(value: Sql): Sql {
  return sql`to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** An instant. */
export function instant(field: string, column: Sql): Column {
  return { field, column, read: isoText(sql`t.${column}`), write: sql`(${incoming(field)})::timestamptz` }
}

/** A JSON value. */
export function json(field: string, column: Sql): Column {
  return { field, column, read: sql`t.${column}`, write: sql`r.f->${field}::text` }
}

/** A list of texts. */
export function texts(field: string, column: Sql): Column {
  const write = sql`ARRAY(SELECT jsonb_array_elements_text(r.f->${field}::text))`
  return { field, column, read: sql`to_jsonb(t.${column})`, write }
}

/** A reference by the name that files use: the `key` of a row of `table`. */
export function reference(field: string, column: Sql, table: Sql, key = sql`slug`): Column {
  return {
    field,
    column,
    read: sql`(SELECT x.${key} FROM ${table} x WHERE x.id = t.${column})`,
    write: sql`(SELECT x.id FROM ${table} x WHERE x.${key} = ${incoming(field)})`,
  }
}

/** A reference to a person by external id. */
export function person(field: string, column: Sql): Column {
  return reference(field, column, sql`person`, sql`external_id`)
}

/** What only the registry keeps and no file says. */
export function written(column: Sql, write: Sql): Column {
  return { field: '', column, read: null, write }
}

/** What is kept in other rows: only read here, written by the table's `writeRest`. */
export function apart(field: string, read: Sql): Column {
  return { field, column: null, read, write: sql`NULL` }
}
