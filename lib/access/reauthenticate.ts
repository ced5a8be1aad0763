import { z } from 'zod'
import type { Database } from '@/lib/db/client'
import { DomainError } from '@/lib/use-cases/errors'
import type { Actor } from './model'
import { signIn } from './sign-in'

/** The password of the person at the screen, asked for again. */
export const passwordSchema = z
  .string()
  .min(1, 'Give your password')
  .max(1024)
  .describe('Your password, asked for again; kept nowhere')

/**
 * Makes sure that it is the person themselves who acts, and not somebody at their unlocked screen: checks their password as
 * signing in does, with the same brake on guessing. Failures are counted apart from those of signing in, so that whoever
 * holds a session cannot lock its owner out.
 * @throws DomainError `forbidden` for anything but a signed-in account, `refused` or `rate_limited` for a wrong password.
 */
export async function reauthenticate(database: Database, actor: Actor, password: string, now: Date): Promise<void> {
  if (actor.kind !== 'account' || actor.id === null)
    throw new DomainError('forbidden', 'A person does this, at the screen: an API token cannot.')
  const account = await database.prisma.account.findUnique({ where: { id: actor.id }, select: { email: true } })
  if (!account) throw new DomainError('unauthenticated', 'The account is gone.')
  const result = await signIn(database, { email: account.email, password, address: `again:${actor.id}` }, now)
  if (result.outcome === 'blocked')
    throw new DomainError('rate_limited', `Too many tries; wait ${result.seconds} seconds.`, {
      retryAfterSeconds: result.seconds,
    })
  if (result.outcome === 'refused') {
    const message = 'This is not your password.'
    throw new DomainError('refused', message, { fields: [{ field: 'password', message }] })
  }
}
