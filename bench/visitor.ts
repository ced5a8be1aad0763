import { encode } from 'next-auth/jwt'
import { hashPassword } from '@/lib/access/password'
import { sessionTime } from '@/lib/access/sessions/model'
import { insertSession } from '@/lib/access/sessions/store'
import { makeToken } from '@/lib/access/tokens/token'
import type { Database } from '@/lib/db/client'
import { idOf } from './estate/rows'

/** A governance lead of the large estate: signed in, and with an API token. */
export interface Visitor {
  /** Name and value of the session cookie. */
  cookie: { name: string; value: string }
  token: string
}

/** Makes the account and what signing in would give it. */
export async function makeVisitor(database: Database, secret: string, now: Date): Promise<Visitor> {
  const { prisma } = database
  const id = idOf('account', 0)
  const name = 'Ana Ruiz'
  const email = 'ana@example.org'
  const { token, prefix, hash } = makeToken()
  const passwordHash = await hashPassword(token)
  await prisma.account.create({
    data: { id, email, name, passwordHash, role: 'governance_lead', createdAt: now },
  })
  await prisma.apiToken.create({
    data: { id: idOf('account', 1), accountId: id, name: 'bench', prefix, hash, scopes: ['read'], createdAt: now },
  })
  const sessionId = idOf('account', 2)
  const begun = { id: sessionId, accountId: id, method: 'password', authenticatedAt: sessionTime() } as const
  await insertSession(database, { ...begun, address: null, browser: null, provider: null }, sessionTime())
  const session = await encode({ token: { sub: id, sessionId }, secret })
  return { cookie: { name: 'next-auth.session-token', value: session }, token }
}
