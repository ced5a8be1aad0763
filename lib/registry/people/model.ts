import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { assignmentSchema } from '@/lib/ownership/model'
import { timeZoneSchema } from '@/lib/time/calendar'
import {
  emailSchema,
  externalIdSchema,
  membershipRoles,
  nameSchema,
  personStatuses,
  reasonSchema,
  slugSchema,
} from '../model'
import {
  agentRefSchema,
  boundedOf,
  gapOnSchema,
  instantSchema,
  originSchema,
  personRefSchema,
  searchText,
  teamRefSchema,
  versionSchema,
} from '../shapes'

export const personSorts = ['name', '-name'] as const

export const listPeopleInput = z.strictObject({
  q: searchText,
  status: commaList(z.enum(personStatuses)).optional(),
  team: slugSchema.optional().describe('Slug of a team they belong to'),
  manager: externalIdSchema.optional().describe('External id of their manager'),
  sort: z.enum(personSorts).default('name'),
  ...pageInput,
})

const membershipSchema = z.object({ team: teamRefSchema, role: z.enum(membershipRoles) })

/** A person as lists show them. */
export const personRowSchema = z.object({
  id: z.uuid(),
  externalId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  status: z.enum(personStatuses),
  manager: personRefSchema.nullable(),
  teams: z.array(membershipSchema),
  openGaps: z.number().int().describe('Open gaps on what they own or sponsor'),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type PersonRow = z.infer<typeof personRowSchema>

/** A person as their page shows them. */
export const personDetailSchema = z.object({
  id: z.uuid(),
  externalId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  status: z.enum(personStatuses),
  timeZone: z.string().nullable().describe('Where their days end; null for the time zone of the organisation'),
  manager: personRefSchema.nullable(),
  teams: z.array(membershipSchema),
  reports: boundedOf(personRefSchema),
  sponsored: boundedOf(agentRefSchema).describe('Agents they sponsor'),
  assignments: boundedOf(assignmentSchema).describe('Layers they are accountable for, ended ones left out'),
  gaps: boundedOf(gapOnSchema),
  ...originSchema,
})
export type PersonDetail = z.infer<typeof personDetailSchema>

const personFields = {
  email: emailSchema.nullable().optional(),
  timeZone: timeZoneSchema.nullable().optional().describe('IANA name; null for that of the organisation'),
  manager: externalIdSchema.nullable().optional().describe('External id of the manager'),
  reason: reasonSchema.optional(),
}

export const createPersonInput = z.strictObject({
  externalId: externalIdSchema.optional().describe('How the sources call them; made of the name when absent'),
  name: nameSchema,
  ...personFields,
})

export const updatePersonInput = z.strictObject({
  person: externalIdSchema.describe('External id, or id'),
  version: versionSchema,
  name: nameSchema.optional(),
  status: z.enum(personStatuses).optional(),
  ...personFields,
})

/** How to address a person from now on, and the version to send with the next edit. */
export const savedPersonSchema = z.object({ id: z.uuid(), externalId: z.string(), version: z.number().int() })
