import type { SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import { redirected } from './elsewhere'
import { lookPartly, lookWhole } from './sight'
import type { Steer } from './steered-adapter'

const changes = /\b(?:INSERT|UPDATE|DELETE|MERGE|COMMIT)\b/i
const lockings = /\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b/gi

/** Whether a statement reads alone, be it to lock what it reads. */
const readsAlone = (text: string) =>
  /^\s*(?:SELECT|WITH|\/\*)/i.test(text) && !changes.test(text.replaceAll(lockings, ''))

const setPath = (path: string): SqlQuery => ({
  sql: `SET LOCAL search_path TO ${path}`,
  args: [],
  argTypes: [],
})

/**
 * Where the statements of a command look that somebody asks for who does not see everything. It reads what they see, so
 * that a name of what they may not know of is that of nothing. It writes to the tables themselves, whose triggers have to
 * reach everything; so does what runs within `seeingAll`, and what is deferred to the commit.
 */
export function steerPartialCommand(inner: Transaction): Steer {
  let isWhole = false
  let path = 'public'
  return async (query) => {
    if (query.sql === lookWhole.sql) isWhole = true
    else if (query.sql === lookPartly.sql) isWhole = false
    if (/^\s*ROLLBACK\b/i.test(query.sql)) {
      // Back to a savepoint goes back to the path that was set there.
      path = ''
      return query
    }
    const isPartial = !isWhole && readsAlone(query.sql)
    const wanted = isPartial ? 'visible, public' : 'public'
    if (wanted !== path) {
      await inner.executeRaw(setPath(wanted))
      path = wanted
    }
    return isPartial ? { ...query, sql: redirected(query.sql, { isPast: false, isPartial }) } : query
  }
}
