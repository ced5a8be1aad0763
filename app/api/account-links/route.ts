import { z } from 'zod'
import { askForReset, lookAtLink, redeemLink } from '@/lib/access/accounts/redeem'
import { newPasswordSchema } from '@/lib/access/password-rules'
import { database } from '@/lib/db/client'
import { answerAnybody } from '@/lib/http/open-door'
import { emailSchema, nameSchema } from '@/lib/registry/model'

const tokenSchema = z.string().max(100)

const requestSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('look'), token: tokenSchema }),
  z.strictObject({
    act: z.literal('use'),
    token: tokenSchema,
    password: newPasswordSchema,
    email: emailSchema.optional(),
    name: nameSchema.optional(),
  }),
  z.strictObject({ act: z.literal('ask'), email: emailSchema }),
])

/** Links that make an account one's own: looked at, used, and asked for. Before signing in, so no use case stands behind it. */
export async function POST(request: Request): Promise<Response> {
  return await answerAnybody(request, requestSchema, async (input) => {
    if (input.act === 'ask') {
      await askForReset(database(), input.email)
      return {}
    }
    if (input.act === 'use') return await redeemLink(database(), input.token, input)
    const { kind, account } = await lookAtLink(database(), input.token)
    return { kind, email: account?.email ?? null, name: account?.name ?? null }
  })
}
