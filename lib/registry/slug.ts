import { seeingAll } from '@/lib/db/sight'
import { type Sql, sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { slugFrom } from './slug-from'

const baseLengthMax = 90

/** What a name is called in addresses: `Support Bot (EU)` → `support-bot-eu`; `fallback` when it has nothing to make one of. */
export function slugBase(name: string, fallback: string): string {
  return (
    slugFrom(name)
      ?.slice(0, baseLengthMax)
      .replace(/[-._]+$/, '') ?? fallback
  )
}

/** The first of base, base-2, base-3 … that is not taken. */
export function firstFree(base: string, taken: ReadonlySet<string>): string {
  let slug = base
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`
  return slug
}

const named = {
  agent: sql`SELECT slug FROM agent`,
  tool: sql`SELECT slug FROM tool`,
  team: sql`SELECT slug FROM team`,
  point: sql`SELECT slug FROM enforcement_point`,
  person: sql`SELECT external_id FROM person`,
} satisfies Record<string, Sql>

/**
 * The slug of something new: the given one when it is free, else one made of the name. It never changes afterwards,
 * whatever the name becomes. Call under the estate lock, so that two of one name cannot take the same.
 * @throws DomainError `conflict` when the given slug is taken.
 */
export async function claimSlug(
  context: UseCaseContext,
  kind: keyof typeof named,
  wanted: { name: string; slug: string | undefined },
): Promise<string> {
  const base = wanted.slug ?? slugBase(wanted.name, kind)
  const near = sql`SELECT slug FROM (${named[kind]}) AS taken (slug) WHERE slug = ${base} OR starts_with(slug, ${`${base}-`})`
  // A slug is taken, whoever may know by what.
  const rows = await seeingAll(context.db, () => context.db.query<{ slug: string }>(near))
  const taken = new Set(rows.map((row) => row.slug))
  if (wanted.slug === undefined) return firstFree(base, taken)
  if (taken.has(base)) {
    throw new DomainError('conflict', `"${base}" is taken.`, {
      fields: [{ field: 'slug', message: 'Taken; choose another' }],
    })
  }
  return base
}
