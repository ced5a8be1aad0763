import { Prisma } from '@/lib/db/generated/client'
import { DomainError } from './errors'

/** SQLSTATE classes and codes that a client's input can cause (PostgreSQL documentation, appendix A). */
const refusals: Record<string, () => DomainError> = {
  '23505': () => new DomainError('conflict', 'An entry with this name or slug is there already.'),
  '23P01': () => new DomainError('conflict', 'This layer already has an owner here for that time.'),
  '23503': () => new DomainError('conflict', 'It refers to something that is not there, or is still referred to.'),
  '23514': () => new DomainError('refused', 'The values do not fit together.'),
  '22021': () => new DomainError('invalid_input', 'The text contains a character that cannot be stored.'),
  '22P05': () => new DomainError('invalid_input', 'The text contains a character that cannot be stored.'),
  '40001': () => new DomainError('conflict', 'Somebody else changed the same thing at the same time; try again.'),
  '40P01': () => new DomainError('conflict', 'Somebody else changed the same thing at the same time; try again.'),
}

const prismaCodes: Record<string, string> = { P2002: '23505', P2003: '23503', P2004: '23514', P2034: '40001' }

function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code in prismaCodes) return prismaCodes[error.code]
  // pg's DatabaseError carries `code`; Prisma wraps it in meta or cause, and always keeps it in the message.
  if ('code' in error && typeof error.code === 'string' && error.code in refusals) return error.code
  return Object.keys(refusals).find(
    (state) => error.message.includes(`\`${state}\``) || error.message.includes(`"${state}"`),
  )
}

/** A database error that a client's input caused, as the refusal it is; anything else is returned as it came. */
export function refusalOf(error: unknown): unknown {
  const state = sqlStateOf(error)
  const refusal = state ? refusals[state] : undefined
  return refusal ? refusal() : error
}
