import type { Reader } from '@/lib/db/reading'
import { notFound } from '@/lib/use-cases/errors'
import type { AuditFilter } from './filter'
import type { FoundFilter } from './list-store'
import { thingCalled } from './naming-store'

/** The filter with its thing looked up. Settings have no id: their history is that of the subject. @throws DomainError `not_found`. */
export async function lookedUp(db: Reader, { about, ...filter }: AuditFilter): Promise<FoundFilter> {
  if (!about) return filter
  if (about.kind === 'settings') return { ...filter, subjectType: about.kind, subjectId: about.key }
  const thing = await thingCalled(db, about.kind, about.key)
  if (thing === null) throw notFound(`The ${about.kind.replaceAll('_', ' ')} "${about.key}"`)
  return { ...filter, thing }
}
