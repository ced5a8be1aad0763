import { type LayerId, layerIds, layerOf } from '@/lib/layers'
import type { Mendable, SuggestedOwner } from '@/lib/ownership/suggest/model'

/** How the rows can be put together. */
export const groupings = ['owner', 'layer', 'subject'] as const
export type Grouping = (typeof groupings)[number]

export const groupingTitles: Record<Grouping, string> = {
  owner: 'Layer and owner',
  layer: 'Layer',
  subject: 'Agent or tool',
}

export interface Group {
  key: string
  title: string
  /** The layer that all rows are about, where the grouping makes it one. */
  layer: LayerId | null
  rows: Mendable[]
}

/** Who is to own it: as suggested until somebody chooses otherwise. */
export interface Choice {
  team: SuggestedOwner['team']
  person: SuggestedOwner['person']
  /** Why this one; null when it was chosen by hand. */
  reason: string | null
}

/** The likeliest owner of a row; null where nothing speaks for anybody. */
export function suggestedFor({ suggestions: [likely] }: Pick<Mendable, 'suggestions'>): Choice | null {
  return likely ? { team: likely.team, person: likely.person, reason: likely.reasons[0] ?? null } : null
}

function groupOf(row: Mendable, by: Grouping): Omit<Group, 'rows'> {
  const { layer } = row.at
  const { title } = layerOf(layer)
  switch (by) {
    case 'owner': {
      // By what is suggested, not by what is chosen: a row does not jump away while somebody works on it.
      const team = suggestedFor(row)?.team
      return {
        key: `${layer}:${team?.slug ?? ''}`,
        title: team ? `${title}: ${team.name}` : `${title}: nobody likely`,
        layer,
      }
    }
    case 'layer':
      return { key: layer, title, layer }
    case 'subject':
      return { key: `${row.at.scope}:${row.at.subject ?? ''}`, title: row.at.name, layer: null }
  }
}

/** The rows in groups, by layer where there is one, and within it the largest first. */
export function groupsOf(rows: readonly Mendable[], by: Grouping): Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const named = groupOf(row, by)
    const known = groups.get(named.key)
    if (known) known.rows.push(row)
    else groups.set(named.key, { ...named, rows: [row] })
  }
  const place = ({ layer }: Group) => (layer === null ? -1 : layerIds.indexOf(layer))
  return [...groups.values()].sort(
    (one, other) =>
      place(one) - place(other) || other.rows.length - one.rows.length || one.title.localeCompare(other.title, 'en'),
  )
}

/** How many bindings the rows affect, each row's counted by itself. */
export const bindingsOf = (rows: readonly Pick<Mendable, 'affected'>[]) =>
  rows.reduce((sum, { affected }) => sum + affected, 0)

export const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
