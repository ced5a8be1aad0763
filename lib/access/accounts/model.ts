import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { emailSchema, externalIdSchema, nameSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema, searchText } from '@/lib/registry/shapes'
import { roles } from '../model'

export const accountStatuses = ['active', 'disabled'] as const

export const listAccountsInput = z.strictObject({
  q: searchText,
  role: commaList(z.enum(roles)).optional(),
  status: commaList(z.enum(accountStatuses)).optional(),
  ...pageInput,
})

/** An account as the list shows it. */
export const accountRowSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  status: z.enum(accountStatuses),
  person: personRefSchema.nullable().describe('The person of the registry that it belongs to'),
  seenAt: instantSchema.nullable().describe('When they were last here'),
  invitedUntil: instantSchema.nullable().describe('Until when an invitation that nobody has answered holds'),
  waysIn: z.object({ password: z.boolean(), app: z.boolean(), passkeys: z.int(), provider: z.boolean() }),
  version: z.int(),
})
export type AccountRow = z.infer<typeof accountRowSchema>

/** How an invitation or a reset reaches whom it is for. */
export const sentLinkSchema = z.object({
  byMail: z.boolean().describe('Whether it goes out by mail'),
  link: z.string().nullable().describe('To be handed over where no mail server is set; shown here and never again'),
  expiresAt: instantSchema,
})

export const inviteInput = z.strictObject({
  email: emailSchema.transform((email) => email.toLowerCase()),
  name: nameSchema,
  role: z.enum(roles),
  person: externalIdSchema.optional().describe('External id of the person of the registry that it belongs to'),
})
