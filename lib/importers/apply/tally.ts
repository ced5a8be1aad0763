import { z } from 'zod'
import type { Json } from '@/lib/audit/model'
import { type EstateCollection, estateCollections } from '../estate/model'
import { entityNoun } from '../keys'
import { type ImportProblem, importLimits, type Position, type Positions } from '../model'
import type { FieldChange } from './diff'

const changesMax = 500
const textMax = 200
const itemsMax = 20

const countsSchema = z.record(z.enum(estateCollections), z.number().int())
export type Counts = Record<EstateCollection, number>

const problemSchema = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  field: z.string().nullable(),
  message: z.string(),
})

export const changeSchema = z.object({
  entity: z.enum(estateCollections),
  key: z.string(),
  action: z.enum(['create', 'update', 'conflict']),
  fields: z.array(z.object({ field: z.string(), from: z.json(), to: z.json() })),
  at: z.object({ file: z.string(), line: z.number().int().nullable() }),
})
export type Change = z.infer<typeof changeSchema>

/** What an import does or would do, counted by kind of entity. */
export const importReportSchema = z.object({
  created: countsSchema,
  updated: countsSchema,
  unchanged: countsSchema,
  missing: countsSchema.describe('Brought by an earlier import of this kind and not in these files; never deleted'),
  missingNames: z
    .partialRecord(z.enum(estateCollections), z.array(z.string()))
    .describe('The first of what is missing'),
  conflicts: z.number().int().describe('Entities that a person changed by hand and the source says otherwise; kept'),
  errors: z.array(problemSchema),
  warnings: z.array(problemSchema),
  changes: z.array(changeSchema).max(changesMax).describe(`The first ${changesMax} changes and conflicts`),
})
export type ImportReport = z.infer<typeof importReportSchema>

const zeros = (): Counts => ({
  people: 0,
  teams: 0,
  enforcementPoints: 0,
  agents: 0,
  tools: 0,
  bindings: 0,
  delegations: 0,
  owners: 0,
  contracts: 0,
  attestations: 0,
  parityRuns: 0,
  exceptions: 0,
})

/** Where an entity stands in its estate. */
export interface EntityAt {
  collection: EstateCollection
  index: number
  key: string
}

/** Gathers what an import does: all of it counted, the first of it shown. */
export class Tally {
  readonly report: ImportReport

  constructor(
    private readonly positions: Positions,
    parsed: { errors: readonly ImportProblem[]; warnings: readonly ImportProblem[] },
  ) {
    this.report = {
      created: zeros(),
      updated: zeros(),
      unchanged: zeros(),
      missing: zeros(),
      missingNames: {},
      conflicts: 0,
      errors: [...parsed.errors],
      warnings: [...parsed.warnings],
      changes: [],
    }
  }

  created(entity: EntityAt, fields: readonly FieldChange[]): void {
    this.report.created[entity.collection] += 1
    this.show(entity, 'create', fields, entity)
  }

  updated(entity: EntityAt, fields: readonly FieldChange[]): void {
    this.report.updated[entity.collection] += 1
    this.show(entity, 'update', fields, entity)
  }

  /** An update that the files do not name and that follows from something they do. */
  followed(cause: EntityAt, entity: Pick<EntityAt, 'collection' | 'key'>, fields: readonly FieldChange[]): void {
    this.report.updated[entity.collection] += 1
    this.show(entity, 'update', fields, cause)
  }

  unchanged({ collection }: EntityAt): void {
    this.report.unchanged[collection] += 1
  }

  /** What is kept as a person set it. */
  conflict(entity: EntityAt, fields: readonly FieldChange[], message: string): void {
    this.report.conflicts += 1
    this.show(entity, 'conflict', fields, entity)
    this.warn(entity, fields[0]?.field ?? null, `${this.nameOf(entity)}: ${message}`)
  }

  missing(collection: EstateCollection, { count, names }: { count: number; names: string[] }): void {
    this.report.missing[collection] = count
    if (count > 0) this.report.missingNames[collection] = names
  }

  error(entity: EntityAt, field: string | null, message: string): void {
    this.push('errors', entity, field, message)
  }

  warn(entity: EntityAt, field: string | null, message: string): void {
    this.push('warnings', entity, field, message)
  }

  /** Where an entity stands in its file. */
  positionOf({ collection, index }: EntityAt): Position {
    return this.positions.get(`${collection}/${index}`) ?? { file: '', line: null, field: null }
  }

  private nameOf({ collection, key }: EntityAt): string {
    return `The ${entityNoun[collection]} "${key}"`
  }

  private show(
    { collection, key }: Pick<EntityAt, 'collection' | 'key'>,
    action: Change['action'],
    fields: readonly FieldChange[],
    place: EntityAt,
  ): void {
    const { changes } = this.report
    if (changes.length >= changesMax) return
    const { file, line } = this.positionOf(place)
    const shown = fields.map(({ field, from, to }) => ({ field, from: bounded(from), to: bounded(to) }))
    changes.push({ entity: collection, key, action, fields: shown, at: { file, line } })
  }

  private push(severity: 'errors' | 'warnings', entity: EntityAt, field: string | null, message: string): void {
    const problems = this.report[severity]
    if (problems.length >= importLimits.problemsMax) return
    const { file, line, field: path } = this.positionOf(entity)
    problems.push({ file, line, field: [path, field].filter((part) => part !== null).join('.') || null, message })
  }
}

/** A value cut to what a preview shows. */
function bounded(value: Json): Json {
  if (typeof value === 'string' && value.length > textMax) return `${value.slice(0, textMax)}…`
  if (Array.isArray(value) && value.length > itemsMax)
    return [...value.slice(0, itemsMax), `… ${value.length - itemsMax} more`]
  return value
}
