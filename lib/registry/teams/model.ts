import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { assignmentSchema } from '@/lib/ownership/model'
import {
  emailSchema,
  externalIdSchema,
  membershipRoles,
  nameSchema,
  reasonSchema,
  slugSchema,
  teamFunctions,
  teamStatuses,
} from '../model'
import {
  boundedOf,
  gapOnSchema,
  instantSchema,
  originSchema,
  personRefSchema,
  pointRefSchema,
  searchText,
  versionSchema,
} from '../shapes'

export const teamSorts = ['name', '-name'] as const

export const listTeamsInput = z.strictObject({
  q: searchText,
  function: commaList(z.enum(teamFunctions)).optional(),
  status: commaList(z.enum(teamStatuses)).optional(),
  sort: z.enum(teamSorts).default('name'),
  ...pageInput,
})

/** A team as lists show it. */
export const teamRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  function: z.enum(teamFunctions),
  status: z.enum(teamStatuses),
  contact: z.string().nullable(),
  members: z.number().int(),
  leads: z.array(personRefSchema),
  ownedCells: z.number().int().describe('Layers of bindings it is effective owner of; 1001 means more than 1,000'),
  openGaps: z.number().int().describe('Open gaps on its assignments'),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type TeamRow = z.infer<typeof teamRowSchema>

const memberSchema = z.object({ person: personRefSchema, role: z.enum(membershipRoles) })

/** A team as its page shows it. */
export const teamDetailSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  function: z.enum(teamFunctions),
  status: z.enum(teamStatuses),
  contact: z.string().nullable(),
  members: boundedOf(memberSchema).describe('Leads first'),
  ownedCells: z.number().int().describe('Layers of bindings it is effective owner of; 1001 means more than 1,000'),
  assignments: boundedOf(assignmentSchema).describe('What it was named for, newest first, ended ones left out'),
  points: boundedOf(pointRefSchema).describe('Enforcement points it runs'),
  gaps: boundedOf(gapOnSchema),
  ...originSchema,
})
export type TeamDetail = z.infer<typeof teamDetailSchema>

const membersInput = z
  .array(z.strictObject({ person: externalIdSchema, role: z.enum(membershipRoles).default('member') }))
  .max(1000)
  .refine((members) => new Set(members.map((member) => member.person)).size === members.length, 'Names somebody twice')
  .describe('All members; who is not named leaves the team')

const teamFields = {
  contact: emailSchema.nullable().optional(),
  members: membersInput.optional(),
  reason: reasonSchema.optional(),
}

export const createTeamInput = z.strictObject({
  slug: slugSchema.optional(),
  name: nameSchema,
  function: z.enum(teamFunctions),
  ...teamFields,
})

export const updateTeamInput = z.strictObject({
  slug: slugSchema,
  version: versionSchema,
  name: nameSchema.optional(),
  function: z.enum(teamFunctions).optional(),
  status: z.enum(teamStatuses).optional(),
  ...teamFields,
})
