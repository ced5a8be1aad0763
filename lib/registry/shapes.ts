import { z } from 'zod'
import { gapStates, gapSubjectTypes, severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import {
  agentLifecycles,
  personStatuses,
  pointKinds,
  teamFunctions,
  teamStatuses,
  toolKinds,
  toolLifecycles,
} from './model'

/** How the things of the registry are named inside each other's answers. */
export const personRefSchema = z.object({
  id: z.uuid(),
  externalId: z.string(),
  name: z.string(),
  status: z.enum(personStatuses),
})
export const teamRefSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  function: z.enum(teamFunctions),
  status: z.enum(teamStatuses),
})
export const agentRefSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  lifecycle: z.enum(agentLifecycles),
})
export const toolRefSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(toolKinds),
  lifecycle: z.enum(toolLifecycles),
})
export const pointRefSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(pointKinds),
})
export type PersonRef = z.infer<typeof personRefSchema>
export type AgentRef = z.infer<typeof agentRefSchema>

/** An instant as JSON carries it. */
export const instantSchema = z.iso.datetime()

/** An open gap as the page of what it concerns shows it. */
export const gapOnSchema = z.object({
  id: z.uuid(),
  rule: z.string(),
  layer: z.enum(layerIds).nullable(),
  severity: z.enum(severities),
  state: z.enum(gapStates),
  subject: z.object({ type: z.enum(gapSubjectTypes), slug: z.string() }),
  affected: z.number().int(),
  openedAt: instantSchema,
  explanation: z.string(),
})
export type GapOn = z.infer<typeof gapOnSchema>

/** Text that names are searched for. */
export const searchText = z.string().trim().max(200).optional().describe('Part of a name')

/** Most entries of a list inside an answer. */
export const nestedMax = 100

/** A list inside an answer; `more` says that it goes on in the list of its kind. */
export const boundedOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), more: z.boolean() })

/** Cuts `nestedMax + 1` fetched rows to a bounded list. */
export function bounded<Row>(rows: readonly Row[], max = nestedMax): { rows: Row[]; more: boolean } {
  return { rows: rows.slice(0, max), more: rows.length > max }
}

/** Where a row came from and how often it was changed: part of every detail answer. */
export const originSchema = {
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
  editedFields: z.array(z.string()),
  version: z.number().int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
}

/** The columns of a registry row that `originSchema` shows. */
export interface OriginRow {
  source: string
  lastSeenAt: Date | null
  editedFields: string[]
  version: number
  createdAt: Date
  updatedAt: Date
}

/** The origin part of a detail answer. */
export function originOf(row: OriginRow) {
  return {
    source: row.source,
    lastSeenAt: isoOf(row.lastSeenAt),
    editedFields: row.editedFields,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** An instant of the database as JSON carries it. */
export function isoOf(instant: Date | null): string | null {
  return instant ? instant.toISOString() : null
}

/** What every create and update answers: how to address the thing from now on, and the version to send with the next edit. */
export const savedSchema = z.object({ id: z.uuid(), slug: z.string(), version: z.number().int() })

/** The version that the editor saw; an edit of an older one is refused. */
export const versionSchema = z
  .number()
  .int()
  .min(1)
  .describe('The version you edit; refused when somebody changed it since')
