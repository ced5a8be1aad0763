import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { database } from '@/lib/db/client'
import { passwordMax } from '../password'
import { requestOrigin } from '../request-origin'
import { sessionTime } from '../sessions/model'
import { signIn } from '../sign-in'

const credentialsSchema = z.object({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(passwordMax),
  code: z.string().max(40).optional(),
})

/** E-mail address, password, and the code of whoever has an authenticator app. */
export const passwordProvider = CredentialsProvider({
  id: 'credentials',
  credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
  async authorize(input) {
    const parsed = credentialsSchema.safeParse(input)
    if (!parsed.success) return null
    const { code, ...credentials } = parsed.data
    const { address } = await requestOrigin()
    const result = await signIn(database(), { ...credentials, ...(code && { code }), address }, sessionTime())
    // next-auth passes the message of an error on to the form.
    if (result.outcome === 'blocked') throw new Error(`blocked:${result.seconds}`)
    if (result.outcome === 'refused') return null
    if (result.outcome !== 'signed_in') throw new Error(result.outcome)
    const { account, method } = result
    return { ...account, signedIn: { accountId: account.id, method } }
  },
})
