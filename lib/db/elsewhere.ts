import { governedTables } from './governed'
import { partlyVisible, type Viewer } from './sight'
import { type Sql, sql } from './sql'

/** Where a read looks instead of at the present as it is: at an instant that is past, as somebody who does not see everything, or both. */
export interface Elsewhere {
  asOf?: Date | undefined
  viewer?: Viewer | undefined
}

/**
 * Makes the rest of a transaction look there: what is named without a schema is looked for in the views of what is
 * visible, then in those of the past, and then where it is (docs/adr/018, docs/adr/023).
 */
export function enter({ asOf, viewer }: Elsewhere): Sql {
  const path = [
    ...(viewer && asOf ? ['visible_as_of'] : []),
    ...(viewer ? ['visible'] : []),
    ...(asOf ? ['as_of'] : []),
    'public',
  ]
  return sql`
    SELECT set_config('search_path', ${path.join(', ')}::text, true),
      set_config('pentarch.as_of', ${asOf?.toISOString() ?? ''}::text, true),
      set_config('pentarch.viewer', ${viewer?.personId ?? ''}::text, true)`
}

const governed = new Set<string>(governedTables)
const partly = new Set<string>(partlyVisible)
const byPrisma = /"public"\."([a-z_]+)"/g
const byHand = /\b(public|history)\.("?)([a-z_]+)\2(?![\w"])/g

/** A statement that names schemas, looking there. By hand `public` means the present and `history` what rows were, wherever one looks. */
export function redirected(text: string, { isPast, isPartial }: { isPast: boolean; isPartial: boolean }): string {
  const prisma = text.replace(byPrisma, (as, table: string) => {
    const isShown = isPartial && partly.has(table)
    if (isPast && governed.has(table)) return `"${isShown ? 'visible_as_of' : 'as_of'}"."${table}"`
    return isShown ? `"visible"."${table}"` : as
  })
  if (!isPartial) return prisma
  return prisma.replace(byHand, (as, schema: string, quote: string, table: string) => {
    if (!partly.has(table)) return as
    return `${schema === 'public' ? 'visible' : 'visible_history'}.${quote}${table}${quote}`
  })
}
