import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'

export const mailStates = ['queued', 'sent', 'kept', 'cancelled', 'failed'] as const
/** `kept` is a mail that goes nowhere and is read here; `cancelled` had nothing left to say; `failed` was given up. */
export type MailState = (typeof mailStates)[number]

export const listMailsInput = z.strictObject({
  whose: z.enum(['mine', 'all']).default('mine').describe('`all` is for those who run campaigns'),
  state: commaList(z.enum(mailStates)).optional(),
  ...pageInput,
})
export const mailInput = z.strictObject({ id: idSchema })

export const mailRowSchema = z.object({
  id: z.uuid(),
  to: z.object({ externalId: z.string(), name: z.string() }),
  address: z.string().nullable().describe('Where it went; null when nobody knows an address'),
  subject: z.string().describe('Empty while it has not been written'),
  state: z.enum(mailStates),
  attempts: z.number().int(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  error: z.string().nullable().describe('Why it did not go out, in the words of the server'),
})
export type MailView = z.infer<typeof mailRowSchema>
export const mailSchema = mailRowSchema.extend({ html: z.string(), text: z.string() })
