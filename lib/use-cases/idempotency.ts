import { open, seal, UnsealError } from '@/lib/secrets/seal'
import type { UseCaseContext } from './define'
import { DomainError } from './errors'

/** A command sent under an idempotency key. Keys are per account and kept for a day. */
export interface KeyedRequest {
  accountId: string
  key: string
  operation: string
  requestHash: string
}

/**
 * The answer this key was given before, or undefined for the first time. The advisory lock makes a second
 * request under the same key wait for the first to commit, so that it finds the answer instead of acting too.
 * @throws DomainError `idempotency_mismatch` when the key was used for something else.
 */
export async function recallResponse(context: UseCaseContext, request: KeyedRequest): Promise<unknown> {
  const { prisma } = context.db
  await prisma.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${request.accountId}:${request.key}`}, 0))`
  const known = await prisma.idempotencyKey.findUnique({
    where: { accountId_key: { accountId: request.accountId, key: request.key } },
  })
  if (!known) return undefined
  if (known.operation !== request.operation || known.requestHash !== request.requestHash) {
    throw new DomainError('idempotency_mismatch', 'This idempotency key was used for a different request.')
  }
  try {
    return JSON.parse(open(String(known.response), rowOf(request)))
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error
    // Kept for a day at most, so no new key seals them anew.
    throw new DomainError(
      'idempotency_mismatch',
      'What this key was answered cannot be read any more: the server’s keys were changed.',
    )
  }
}

const rowOf = ({ accountId, key }: KeyedRequest) => `${accountId}:${key}`

/** Keeps the answer, sealed, for it may hold a token that is shown once; in the same transaction as what it answers for. */
export async function rememberResponse(context: UseCaseContext, request: KeyedRequest, answer: unknown): Promise<void> {
  const response = seal(JSON.stringify(answer ?? null), rowOf(request))
  await context.db.prisma.idempotencyKey.create({ data: { ...request, response, createdAt: context.now } })
}
