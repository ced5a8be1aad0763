import type { AuthOptions } from 'next-auth'
import { getServerSession } from 'next-auth'
import { database } from '@/lib/db/client'
import { urls } from '@/lib/urls'
import { authCookies } from './cookies'
import type { Actor } from './model'
import { askEveryMs, checkWithProvider } from './oidc/check'
import { hasLocalSignIn } from './oidc/settings'
import { arriveByProvider, oidcAuthProviders } from './providers/oidc'
import { passkeyProvider } from './providers/passkey'
import { passwordProvider } from './providers/password'
import { requestOrigin } from './request-origin'
import { beginSession, type SignedIn, signOutOf } from './sessions/begin'
import { sessionTime } from './sessions/model'
import { openSession } from './sessions/store'

declare module 'next-auth' {
  interface Session {
    sessionId?: string
  }
  interface User {
    /** Who showed who they are; absent while a provider's word has not been looked at. */
    signedIn?: SignedIn
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string
  }
}

/** The longest that any policy lets a session last; the server's own limits come before. */
const cookieSeconds = 7 * 24 * 60 * 60

/** next-auth: a signed cookie that names a session of ours, which the server knows and can end. */
export const authOptions: AuthOptions = {
  session: { strategy: 'jwt', maxAge: cookieSeconds },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  cookies: authCookies(),
  providers: [...(hasLocalSignIn() ? [passwordProvider, passkeyProvider] : []), ...oidcAuthProviders()],
  callbacks: {
    async signIn({ user, account, profile }) {
      if (account?.type !== 'oauth') return true
      const verdict = await arriveByProvider(user, account, profile)
      return verdict === true || urls.signInRefused(verdict)
    },
    async jwt({ token, user }) {
      if (!user) return token
      if (!user.signedIn) throw new Error('Nobody has signed in')
      const before = await getServerSession(authOptions)
      const origin = { ...(await requestOrigin()), replaces: before?.sessionId ?? null }
      const sessionId = await beginSession(database(), user.signedIn, origin)
      if (sessionId === null) throw new Error('refused')
      return { sub: user.signedIn.accountId, sessionId }
    },
    session({ session, token }) {
      if (token.sessionId) session.sessionId = token.sessionId
      return session
    },
  },
  events: {
    async signOut({ token }) {
      if (token.sessionId && token.sub) await signOutOf(database(), { id: token.sessionId, accountId: token.sub })
    },
  },
}

/** The actor of the present request's session cookie; looked up each time, so that whatever ends the session ends it at once. */
export async function sessionActor(): Promise<Actor | null> {
  const session = await getServerSession(authOptions)
  if (!session?.sessionId) return null
  const at = sessionTime()
  const open = await openSession(database(), session.sessionId, at)
  if (open?.askedAt == null || at.getTime() - open.askedAt.getTime() < askEveryMs) return open?.actor ?? null
  if (!(await checkWithProvider(database(), session.sessionId, at))) return null
  // What the provider said may have changed what they may do.
  return (await openSession(database(), session.sessionId, at))?.actor ?? null
}
