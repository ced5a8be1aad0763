import type { AuthOptions } from 'next-auth'
import { getServerSession } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { database } from '@/lib/db/client'
import { currentTime } from '@/lib/time/clock'
import type { Actor } from './model'
import { signIn } from './sign-in'
import { actorOfSession } from './store'

declare module 'next-auth' {
  interface Session {
    accountId?: string
    sessionVersion?: number
  }
  interface User {
    sessionVersion: number
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionVersion?: number
  }
}

const credentialsSchema = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(1024) })

/** The client's address, as the proxy in front or the socket says; only used to count failed sign-ins. */
function addressOf(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.['x-forwarded-for']
  return typeof forwarded === 'string' ? (forwarded.split(',')[0]?.trim() ?? 'unknown') : 'unknown'
}

/** next-auth: local accounts, signed session cookie that names the account and its session version. */
export const authOptions: AuthOptions = {
  session: { strategy: 'jwt', maxAge: 12 * 60 * 60 },
  pages: { signIn: '/sign-in' },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(input, request) {
        const parsed = credentialsSchema.safeParse(input)
        if (!parsed.success) return null
        const result = await signIn(database(), { ...parsed.data, address: addressOf(request.headers) }, currentTime())
        // next-auth passes the message of an error on to the form.
        if (result.outcome === 'blocked') throw new Error(`blocked:${result.seconds}`)
        return result.outcome === 'signed_in' ? result.account : null
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      if (user) token.sessionVersion = user.sessionVersion
      return token
    },
    session({ session, token }) {
      if (token.sub) session.accountId = token.sub
      if (token.sessionVersion !== undefined) session.sessionVersion = token.sessionVersion
      return session
    },
  },
}

/** The actor of the present request's session cookie; looked up each time, so that a disabled account is out at once. */
export async function sessionActor(): Promise<Actor | null> {
  const session = await getServerSession(authOptions)
  if (!session?.accountId || session.sessionVersion === undefined) return null
  return await actorOfSession(database(), session.accountId, session.sessionVersion)
}
