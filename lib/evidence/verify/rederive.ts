import type { Json } from '@/lib/audit/model'
import type { ReadEvent } from './events'
import type { Row } from './rows'

/** How the rows of ownership assignments stand to the events that changed them. */
export interface Rederivation {
  /** Rows that are as their events say. */
  agreeing: number
  /** Rows that are not, by key, with what differs. */
  differing: { key: string; field: string; row: string; events: string }[]
  /** Rows without an event that named the owner: an import or campaign did, or the bundle leaves it out. */
  underivable: number
}

/** What the events tell of one assignment. */
interface Told {
  name?: string
  team?: string
  state?: string
  deputies?: string
}

const differingMax = 20

/**
 * Follows ownership assignments through the events: who was named, who accepted, declined or ended it. Imports and
 * campaigns change assignments too, in events that count what they did; so a difference is a question, not a proof.
 */
export class AssignmentFold {
  readonly #told = new Map<string, Told>()
  readonly #found: Rederivation = { agreeing: 0, differing: [], underivable: 0 }

  see({ action, subject, opened }: Pick<ReadEvent, 'action' | 'subject' | 'opened'>): void {
    if (subject.type !== 'assignment') return
    const before = fieldOf(opened, 'before')
    const after = fieldOf(opened, 'after')
    switch (action) {
      case 'assignments.create':
      case 'ownership.mend':
        for (const named of listOf(after)) {
          const id = textOf(fieldOf(named, 'id'))
          if (id !== undefined)
            this.#tell(id, { name: textOf(fieldOf(named, 'name')), team: textOf(fieldOf(named, 'team')) })
        }
        for (const id of listOf(fieldOf(before, 'ended'))) this.#tell(textOf(id), { state: 'ended' })
        return
      case 'assignments.accept':
      case 'assignments.decline':
      case 'assignments.end':
        this.#tell(subject.id, { state: textOf(fieldOf(after, 'state')) })
        return
      case 'assignments.setDeputies':
        this.#tell(subject.id, { deputies: listed(fieldOf(after, 'deputies')) })
        return
      case 'assignments.undo':
        for (const id of listOf(fieldOf(after, 'undone'))) this.#tell(textOf(id), { state: 'ended' })
        // In office again, accepted or not: what it was before is not told here.
        for (const id of listOf(fieldOf(after, 'reinstated'))) this.#tell(textOf(id), { state: undefined })
    }
  }

  /** Compares one row of the dataset `assignments`. */
  compare(row: Row): void {
    const told = this.#told.get(row.key)
    if (told?.name === undefined) {
      this.#found.underivable += 1
      return
    }
    const fields = { name: row.name, team: row.team, state: row.state, deputies: listed(row.deputies) }
    for (const field of ['name', 'team', 'state', 'deputies'] as const) {
      const said = told[field]
      if (said === undefined || said === fields[field]) continue
      if (this.#found.differing.length < differingMax)
        this.#found.differing.push({ key: row.key, field, row: String(fields[field]), events: said })
      return
    }
    this.#found.agreeing += 1
  }

  read(): Rederivation {
    return this.#found
  }

  #tell(id: string | undefined, told: { [Field in keyof Told]: Told[Field] | undefined }): void {
    if (id === undefined) return
    const known: { [Field in keyof Told]: Told[Field] | undefined } = { ...this.#told.get(id), ...told }
    const kept: Told = {}
    for (const field of ['name', 'team', 'state', 'deputies'] as const) {
      const value = known[field]
      if (value !== undefined) kept[field] = value
    }
    this.#told.set(id, kept)
  }
}

function fieldOf(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
/** A list as one text; a person may stand in it as a commitment, and is then not compared. */
const listed = (value: Json | undefined): string | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(', ') : undefined
