import type { LayerId } from '@/lib/layers'
import { isSlug, slugFrom } from '@/lib/registry/slug-from'
import { checkEstate } from '../estate/checks'
import { keyOf } from '../keys'
import { type Importer, type ImportFile, importLimits, type ParsedImport } from '../model'
import { Collector, type Origin } from '../source/collector'
import { textOf } from '../source/document'
import { decodeText, type Read, type SourceFault } from '../source/text'
import { reference } from './cells'
import { type CsvRow, readCsv } from './read'
import { headerOf, recognise, type Shape } from './recognise'
import { Rosters } from './rosters'

type Fields = Record<string, unknown>
type LayerOwner = { layer: LayerId; cell: string }

/**
 * Reads CSV files: bindings with their owners, people, teams, memberships, agents, tools, enforcement points, owners and
 * delegations, each known by its header (see `csvTables`). Agents, tools and people that a row names may stand in another
 * file of the same import or in the registry already.
 */
export const importCsv: Importer = (files) => {
  const run = new TableImport()
  for (const file of files) readFile(file, run)
  return run.result()
}

function readFile(file: ImportFile, run: TableImport): void {
  const text = decodeText(file)
  if (text.ok) run.table(file.name, (onRow) => readCsv(text.value, onRow))
  else run.refuse(file.name, text.faults)
}

/** Tables become an estate, whatever they were read from. */
export class TableImport {
  private readonly collector = new Collector()
  private readonly rosters = new Rosters()
  private rows = 0
  /** Team cells come back on many rows; each is turned into a slug once. */
  private readonly teamSlugs = new Map<string, string>()

  /** What keeps a file from being read at all. */
  refuse(name: string, faults: readonly SourceFault[]): void {
    this.collector.faults(name, faults)
  }

  /** Something odd about a file that is read nevertheless. */
  remark(name: string, { line, message }: SourceFault): void {
    this.collector.warning({ file: name, lineOf: () => line, fieldOf: () => null }, [], message)
  }

  /** Reads one table: its header, which says what it is of, and its rows. */
  table(name: string, read: (onRow: (row: CsvRow) => void) => Read<unknown>): void {
    const before = this.rows
    const state: { shape: Shape | null; refused: boolean } = { shape: null, refused: false }
    const outcome = read((row) => {
      if (state.refused) return
      if (state.shape) {
        this.row(name, state.shape, row)
        return
      }
      const shape = recognise(row.cells, row.line)
      if ('table' in shape) {
        state.shape = shape
        for (const message of shape.warnings) this.collector.warning(originOf(name, shape, row.line), [], message)
      } else {
        state.refused = true
        this.collector.faults(name, [shape])
      }
    })
    // A header that means nothing says more than a fault further down.
    if (state.refused) return
    if (!outcome.ok) {
      this.collector.faults(name, outcome.faults)
      return
    }
    if (!state.shape) this.collector.faults(name, [{ line: 1, message: 'The file is empty' }])
    else if (this.rows === before)
      this.collector.faults(name, [{ line: 1, message: `A header of ${state.shape.table.name} without any row` }])
  }

  result(): ParsedImport {
    this.rosters.addTo(this.collector)
    checkEstate(this.collector)
    return this.collector.result()
  }

  private row(file: string, shape: Shape, { cells, line }: CsvRow): void {
    const origin = originOf(file, shape, line)
    this.rows += 1
    if (this.rows === importLimits.rowsMax + 1)
      this.collector.error(origin, [], `One import reads at most ${importLimits.rowsMax} rows`)
    if (this.rows > importLimits.rowsMax) return
    const { length } = shape.header
    if (cells.length < length || cells.slice(length).some((cell) => cell.trim() !== '')) {
      this.collector.error(origin, [], `This row has ${cells.length} cells; the header has ${length}`)
      return
    }
    const { fields, owners } = readFields(shape, cells)
    this.take(shape, fields, owners, origin)
  }

  private take({ table }: Shape, fields: Fields, owners: readonly LayerOwner[], origin: Origin): void {
    if (table.slug !== undefined && fields.slug === undefined) {
      const slug = slugFrom(textOf(fields.name) ?? '')
      if (slug) fields.slug = slug
    }
    if (table.collection === 'memberships') this.rosters.member(fields, origin, this.collector)
    else if (table.collection === 'teams') this.rosters.team(fields, origin)
    else if (table.collection !== 'bindings') this.collector.add(table.collection, fields, origin)
    else {
      const binding = this.collector.add('bindings', fields, origin)
      if (!binding || owners.length === 0) return
      const subject = keyOf.bindings(binding)
      for (const owner of owners) this.owner(subject, owner, origin)
    }
  }

  private owner(subject: string, { layer, cell }: LayerOwner, origin: Origin): void {
    let team = this.teamSlugs.get(cell)
    if (team === undefined) {
      team = String(reference(cell))
      if (!isSlug(team)) {
        this.collector.error(origin, [layer], `Not the slug of a team: "${cell.slice(0, 100)}"`)
        return
      }
      this.teamSlugs.set(cell, team)
    }
    // Made of checked parts, for one large file yields half a million of these.
    this.collector.insert('owners', { layer, scope: 'binding', subject, team, state: 'proposed' }, origin)
  }
}

function originOf(file: string, shape: Shape, line: number): Origin {
  return { file, lineOf: () => line, fieldOf: (path) => headerOf(shape, path) }
}

/** The entity a row describes, and the teams named in its layer columns. A blank cell says nothing. */
function readFields(shape: Shape, cells: readonly string[]): { fields: Fields; owners: LayerOwner[] } {
  const outer = new Map<string, unknown>()
  const owners: LayerOwner[] = []
  for (const [index, meaning] of shape.meanings.entries()) {
    const cell = cells[index]?.trim()
    if (!cell || meaning === null) continue
    if (meaning.kind === 'owner') {
      owners.push({ layer: meaning.layer, cell })
      continue
    }
    const value = meaning.column.read(cell)
    const [first, second] = meaning.column.path
    if (second === undefined) outer.set(first, value)
    else {
      const inner = outer.get(first)
      outer.set(first, typeof inner === 'object' ? { ...inner, [second]: value } : { [second]: value })
    }
  }
  return { fields: Object.fromEntries(outer), owners }
}
