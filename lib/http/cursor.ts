import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '@/lib/use-cases/errors'

const envelopeSchema = z.tuple([z.string(), z.array(z.union([z.string(), z.number(), z.null()])).max(8)])
export type CursorKey = z.infer<typeof envelopeSchema>[1]

function key(): string {
  const secret = process.env.NEXTAUTH_SECRET
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set')
  return secret
}

const sign = (payload: string) =>
  createHmac('sha256', key()).update(`cursor:${payload}`).digest('base64url').slice(0, 22)

/**
 * An opaque pointer to the last row of a page. `list` names the list with its filters and order, so that a cursor
 * of one view is refused by another; the signature keeps clients from making their own.
 */
export function encodeCursor(list: string, lastRow: CursorKey): string {
  const payload = Buffer.from(JSON.stringify([list, lastRow])).toString('base64url')
  return `${payload}.${sign(payload)}`
}

/** The sort key of the row the cursor points at. @throws DomainError `invalid_cursor`. */
export function decodeCursor(list: string, cursor: string): CursorKey {
  const invalid = () =>
    new DomainError('invalid_cursor', 'This cursor was changed, is out of date, or belongs to another list.')
  const [payload, signature] = cursor.split('.')
  if (!payload || !signature) throw invalid()
  const expected = Buffer.from(sign(payload))
  const actual = Buffer.from(signature)
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw invalid()
  const parsed = envelopeSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  if (!parsed.success || parsed.data[0] !== list) throw invalid()
  return parsed.data[1]
}
