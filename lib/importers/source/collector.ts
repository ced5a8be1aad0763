import type { z } from 'zod'
import { type Estate, type EstateCollection, emptyEstate, entitySchemas, estateCollections } from '../estate/model'
import { describeEntityKey, entityNoun, keyOf } from '../keys'
import { type ImportProblem, importLimits, type ParsedImport } from '../model'
import { fieldOf, isRecord, type Path } from './document'
import type { SourceFault } from './text'

/** Where an entity was read: its file, and the line and name of each of its fields. */
export interface Origin {
  file: string
  lineOf(path: Path): number | null
  fieldOf(path: Path): string | null
}

type Entity<C extends EstateCollection> = Estate[C][number]
type Lists = { [C in EstateCollection]: Entity<C>[] }
type Schemas = { readonly [C in EstateCollection]: z.ZodType<Entity<C>> }
/** Where an entity begins, and its path in the file where it has one. */
export interface Place {
  file: string
  line: number | null
  field: string | null
}
/** What to do with a second entity of the same key: refuse the import, or keep the first and warn. */
type OnDuplicate = 'refuse' | 'keep-first'

/** Gathers what an importer reads into a `ParsedImport`: every entity is checked by the estate's own schema, duplicates are found, positions kept. */
export class Collector {
  private readonly estate = emptyEstate()
  private readonly lists: Lists = this.estate
  private readonly schemas: Schemas = entitySchemas
  private readonly seen = new Map<EstateCollection, Map<string, Place>>(
    estateCollections.map((name) => [name, new Map()]),
  )
  private latest: { origin: Origin; place: Place } | null = null
  private readonly positions = new Map<`${EstateCollection}/${number}`, Place>()
  private readonly problems: Record<'errors' | 'warnings', ImportProblem[]> = { errors: [], warnings: [] }
  private readonly overLimit = new Set<EstateCollection>()
  private readonly overflow = { errors: 0, warnings: 0 }

  /** Adds an entity and answers it as parsed, or nothing when it was refused or was there already. */
  add<C extends EstateCollection>(
    collection: C,
    input: unknown,
    origin: Origin,
    onDuplicate: OnDuplicate = 'refuse',
  ): Entity<C> | undefined {
    const entity = this.check(this.schemas[collection], input, origin)
    if (entity === undefined) return undefined
    if (this.lists[collection].length < importLimits.rowsMax)
      return this.insert(collection, entity, origin, onDuplicate)
    if (!this.overLimit.has(collection)) {
      this.overLimit.add(collection)
      const message = `One import holds at most ${importLimits.rowsMax} of each kind of entity (${entityNoun[collection]})`
      this.problem('errors', origin, [], message)
    }
    return undefined
  }

  /** The input as the schema parses it, or nothing when it was refused. */
  check<T>(schema: z.ZodType<T>, input: unknown, origin: Origin): T | undefined {
    const parsed = schema.safeParse(isRecord(input) ? withoutUndefined(input) : input)
    if (parsed.success) return parsed.data
    this.report(parsed.error.issues, input, origin)
    return undefined
  }

  /** Adds an entity that the caller has made of checked parts. */
  insert<C extends EstateCollection>(
    collection: C,
    entity: Entity<C>,
    origin: Origin,
    onDuplicate: OnDuplicate = 'refuse',
  ): Entity<C> | undefined {
    const key = keyOf[collection](entity)
    const place = this.placeOf(origin)
    const first = this.seen.get(collection)?.get(key)
    if (first) {
      const where =
        first.file === place.file ? `on line ${first.line ?? '?'}` : `in ${first.file}, line ${first.line ?? '?'}`
      const message = `The ${describeEntityKey(collection, entity)} is already there ${where}`
      if (onDuplicate === 'refuse') this.problem('errors', origin, [], message)
      else this.problem('warnings', origin, [], `${message}; this one is left out`)
      return undefined
    }
    const list = this.lists[collection]
    this.seen.get(collection)?.set(key, place)
    this.positions.set(`${collection}/${list.length}`, place)
    list.push(entity)
    return entity
  }

  /** Whether an entity of this key has been added. */
  has(collection: EstateCollection, key: string): boolean {
    return this.seen.get(collection)?.has(key) ?? false
  }

  /** The entities of a collection so far, with the place each was read from. */
  *entriesOf<C extends EstateCollection>(collection: C): Generator<{ entity: Entity<C>; place: Place }> {
    for (const [index, entity] of this.lists[collection].entries()) {
      const place = this.positions.get(`${collection}/${index}`)
      if (place) yield { entity, place }
    }
  }

  error(origin: Origin, path: Path, message: string): void {
    this.problem('errors', origin, path, message)
  }

  warning(origin: Origin, path: Path, message: string): void {
    this.problem('warnings', origin, path, message)
  }

  /** Faults of a whole file, such as one that is no text. */
  faults(file: string, faults: readonly SourceFault[]): void {
    for (const { line, message } of faults) this.push('errors', { file, line, field: null, message })
  }

  /** An import that finds nothing at all is refused: whoever brings files expects something of them. */
  refuseEmpty(files: readonly { name: string }[], message: string): void {
    const isEmpty = estateCollections.every((collection) => this.lists[collection].length === 0)
    const [file] = files
    if (isEmpty && file && this.problems.errors.length === 0)
      this.push('errors', { file: file.name, line: 1, field: null, message })
  }

  result(): ParsedImport {
    for (const severity of ['errors', 'warnings'] as const) {
      const more = this.overflow[severity]
      const last = this.problems[severity].at(-1)
      if (more > 0 && last)
        this.problems[severity].push({ ...last, line: null, field: null, message: `${more} more like these` })
    }
    return { estate: this.estate, positions: this.positions, ...this.problems }
  }

  /** One object for all entities of one origin: a row of a large file yields several. */
  private placeOf(origin: Origin): Place {
    if (this.latest?.origin === origin) return this.latest.place
    const place = { file: origin.file, line: origin.lineOf([]), field: origin.fieldOf([]) }
    this.latest = { origin, place }
    return place
  }

  private report(issues: readonly z.core.$ZodIssue[], input: unknown, origin: Origin): void {
    for (const issue of issues) {
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys)
          this.problem('errors', origin, [...issue.path, key], `Unknown key "${key.slice(0, 100)}"`)
      else this.problem('errors', origin, issue.path, messageOf(issue, input))
    }
  }

  private problem(severity: 'errors' | 'warnings', origin: Origin, path: Path, message: string): void {
    // Past the limit the place is not worth finding.
    if (this.problems[severity].length >= importLimits.problemsMax - 1) this.overflow[severity] += 1
    else this.push(severity, { file: origin.file, line: origin.lineOf(path), field: origin.fieldOf(path), message })
  }

  private push(severity: 'errors' | 'warnings', problem: ImportProblem): void {
    if (this.problems[severity].length < importLimits.problemsMax - 1) this.problems[severity].push(problem)
    else this.overflow[severity] += 1
  }
}

/**
 * An origin for sources with named fields: the entity stands at `base` of the document, and a field of it at the path that
 * `places` names, else at its own.
 */
export function originIn(
  file: string,
  document: { lineOf(path: Path): number },
  base: Path,
  places: Readonly<Record<string, Path>> = {},
): Origin {
  const pathIn = ([first, ...rest]: Path): Path => {
    if (first === undefined) return base
    const place = typeof first === 'string' && Object.hasOwn(places, first) ? places[first] : undefined
    return place ? [...base, ...place, ...rest] : [...base, first, ...rest]
  }
  return {
    file,
    lineOf: (path) => document.lineOf(pathIn(path)),
    fieldOf: (path) => fieldOf(pathIn(path)),
  }
}

/** A key that a source says nothing for is left out, not present without a value. */
function withoutUndefined(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Object.values(input).includes(undefined)) return input
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

/** The issue in words for the writer of the file, where zod's own words are about types. */
function messageOf(issue: z.core.$ZodIssue, input: unknown): string {
  if (issue.code === 'invalid_union' && issue.errors.some((errors) => errors.length > 0)) return issue.message
  let value = input
  for (const part of issue.path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined
  if (value === undefined) return 'Missing'
  if (value === null) return 'Empty; give a value or leave the key out'
  if (
    issue.code === 'invalid_type' &&
    issue.expected === 'string' &&
    (typeof value === 'number' || typeof value === 'boolean')
  )
    return `Expected text, found the ${typeof value} ${value}; put it in quotes`
  if (issue.code === 'invalid_value') return `Expected one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type')
    return `Expected ${nounOf(issue.expected)}, found ${nounOf(Array.isArray(value) ? 'array' : typeof value)}`
  if (issue.code === 'too_big' && issue.origin === 'array') return `At most ${issue.maximum} entries`
  return issue.message
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping of keys',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
}
const nounOf = (type: string): string => nouns[type] ?? type
