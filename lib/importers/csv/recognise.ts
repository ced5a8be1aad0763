import type { LayerId } from '@/lib/layers'
import { fieldOf, type Path } from '../source/document'
import type { SourceFault } from '../source/text'
import { type Column, csvTables, layerColumns, type Table } from './tables'

/** What one column of a file is read as; null for one that is not read. */
export type Meaning = { kind: 'field'; column: Column } | { kind: 'owner'; layer: LayerId } | null

/** A file's header, understood. */
export interface Shape {
  table: Table
  header: readonly string[]
  meanings: readonly Meaning[]
  warnings: readonly string[]
}

const normal = (header: string): string => header.toLowerCase().replace(/[\s_-]+/g, '')

/** Every header that is understood, for a message to whoever brings another file. */
const recognisedHeaders = csvTables
  .map((table) => `${table.name} (${table.recognisedBy.map((set) => set.join(', ')).join(' or ')})`)
  .join('; ')

/** What kind of table a header row announces, or why it is none. */
export function recognise(cells: readonly string[], line: number): Shape | SourceFault {
  const header = cells.map((cell) => cell.trim())
  const names = header.map(normal)
  const twice = names.findIndex((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== -1) return { line, message: `The column "${header[twice]}" is there twice` }

  for (const table of csvTables) {
    const columns = new Map(
      table.columns.flatMap((column) =>
        [column.header, ...(column.aliases ?? [])].map((name) => [normal(name), column] as const),
      ),
    )
    // A column called just "slug" names an entity of any kind and so tells none from another.
    const present = new Set(names.map((name) => (name === 'slug' ? undefined : columns.get(name)?.header)))
    if (!table.recognisedBy.some((set) => set.every((name) => present.has(name)))) continue
    return shapeOf(table, columns, header, names, line)
  }
  return {
    line,
    message: `This header is none that is read: ${header.slice(0, 12).join(', ').slice(0, 200)}. Read are: ${recognisedHeaders}`,
  }
}

function shapeOf(
  table: Table,
  columns: ReadonlyMap<string, Column>,
  header: readonly string[],
  names: readonly string[],
  line: number,
): Shape | SourceFault {
  const taken = new Map<Column | LayerId, string>()
  const meanings: Meaning[] = []
  const warnings: string[] = []
  for (const [index, name] of names.entries()) {
    const column = columns.get(name)
    const layer = table.collection === 'bindings' ? layerNamed(name) : undefined
    const key = column ?? layer
    const title = header[index] ?? ''
    const other = key === undefined ? undefined : taken.get(key)
    if (other !== undefined) return { line, message: `The columns "${other}" and "${title}" mean the same` }
    if (key !== undefined) taken.set(key, title)
    else if (name !== '') warnings.push(`The column "${title.slice(0, 100)}" is not read`)
    meanings.push(column ? { kind: 'field', column } : layer ? { kind: 'owner', layer } : null)
  }
  return { table, header, meanings, warnings }
}

function layerNamed(name: string): LayerId | undefined {
  return layerColumns.find(({ headers }) => headers.some((header) => normal(header) === name))?.layer
}

/** The header of the column that a path of the entity was read from. */
export function headerOf(shape: Shape, path: Path): string | null {
  const [first, second] = path
  if (first === undefined) return null
  let near: string | null = null
  for (const [index, meaning] of shape.meanings.entries()) {
    if (meaning === null) continue
    const [outer, inner] = meaning.kind === 'owner' ? [meaning.layer] : meaning.column.path
    if (outer !== first) continue
    near ??= shape.header[index] ?? null
    if (inner === undefined || inner === second) return shape.header[index] ?? null
  }
  // A value that no column holds: the nearest column, or the name the estate format has for it.
  return near ?? fieldOf(path)
}
