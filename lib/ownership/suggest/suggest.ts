import { type LayerId, layerOf } from '@/lib/layers'

/** What speaks for a team as owner of a cell, the strongest first. */
export const evidenceKinds = [
  /** It owns the cell, and only the accountable person has left. */
  'incumbent',
  /** A catalog (Backstage) names it as owner of the same subject. */
  'catalog',
  /** It runs the application behind the tool. */
  'application',
  /** It owns the same layer elsewhere on the same agent or tool. */
  'here',
  /** It owns the same layer of other tools of the same application. */
  'application-tools',
  /** It owns the same layer of the agent's tools' other agents, or of other tools of the tool's agents. */
  'beside',
  /** Its function is the one that usually holds the layer. */
  'function',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** One thing that speaks for a team. */
export interface Evidence {
  kind: EvidenceKind
  teamId: string
  /** Who would answer for it, as far as the evidence names somebody. */
  personId: string | null
  /** How often it was seen. */
  count: number
  /** What the evidence is about, such as the name of the application. */
  about: string | null
}

/** A cell, or one placed on an agent or a tool for all its bindings, with what is known about who could own it. */
export interface Case {
  layer: LayerId
  /** Where the owner is missing: decides how the evidence reads. */
  scope: 'organisation' | 'enforcement_point' | 'tool' | 'agent' | 'binding'
  evidence: readonly Evidence[]
  /** Teams that have declined this very cell. */
  declined: ReadonlySet<string>
  /** Teams that run a gateway or broker on the way to it. */
  frontDoor: ReadonlySet<string>
}

/** Who the evidence names. */
export interface Standing {
  /** Slugs of teams that can answer (active, with an active member), by id. */
  teams: ReadonlyMap<string, string>
  /** Ids of people who are active. */
  people: ReadonlySet<string>
}

export interface Suggestion {
  teamId: string
  personId: string | null
  /** Higher is likelier; comparable within one cell. */
  score: number
  /** Why, the strongest first, in words. */
  reasons: string[]
}

const suggestionsMax = 5

/** What each kind weighs, and how much more for each time it was seen, up to a bound below the next stronger kind. */
const weights: Record<EvidenceKind, { base: number; extraMax: number }> = {
  incumbent: { base: 200, extraMax: 0 },
  catalog: { base: 120, extraMax: 0 },
  application: { base: 100, extraMax: 0 },
  here: { base: 60, extraMax: 20 },
  'application-tools': { base: 40, extraMax: 15 },
  beside: { base: 20, extraMax: 15 },
  function: { base: 5, extraMax: 10 },
}

/** More teams of one function than this, and being one of them says nothing about an enforcement that is local. */
export const functionTeamsMax = 3

const weigh = ({ kind, count }: Evidence) => weights[kind].base + Math.min(count, weights[kind].extraMax)

const byWeight = (one: Evidence, other: Evidence) =>
  weigh(other) - weigh(one) || evidenceKinds.indexOf(one.kind) - evidenceKinds.indexOf(other.kind)

/**
 * Likely owners of a cell, the likeliest first. Only teams that can answer, and none that has declined it already. A
 * team that runs a gateway or broker in front is not suggested for enforcement, however much it owns: with it the front
 * door would stand in for the application, and the gap would only change its name to `front-door-only`.
 */
export function suggest({ layer, scope, evidence, declined, frontDoor }: Case, standing: Standing): Suggestion[] {
  const isLocal = !layerOf(layer).inheritsFromOrganisation
  const excluded = (teamId: string) =>
    !standing.teams.has(teamId) || declined.has(teamId) || (isLocal && frontDoor.has(teamId))
  const ofTeam = new Map<string, Evidence[]>()
  for (const each of evidence) {
    if (excluded(each.teamId)) continue
    const known = ofTeam.get(each.teamId)
    if (known) known.push(each)
    else ofTeam.set(each.teamId, [each])
  }
  return [...ofTeam]
    .map(([teamId, found]): Suggestion => {
      const strongest = strongestOfEachKind(found)
      return {
        teamId,
        personId:
          found.toSorted(byWeight).find(({ personId }) => personId !== null && standing.people.has(personId))
            ?.personId ?? null,
        score: strongest.reduce((sum, each) => sum + weigh(each), 0),
        reasons: strongest.map((each) => reasonOf(each, layer, scope)),
      }
    })
    .sort((one, other) => other.score - one.score || bySlug(one, other, standing))
    .slice(0, suggestionsMax)
}

function bySlug(one: Suggestion, other: Suggestion, { teams }: Standing): number {
  const [a, b] = [teams.get(one.teamId) ?? '', teams.get(other.teamId) ?? '']
  return a < b ? -1 : a > b ? 1 : 0
}

/** Seen several times over (for several people, say), a kind speaks once, with all that was seen. */
function strongestOfEachKind(found: readonly Evidence[]): Evidence[] {
  const kinds = new Map<EvidenceKind, Evidence>()
  for (const each of found) {
    const known = kinds.get(each.kind)
    kinds.set(each.kind, known ? { ...known, count: known.count + each.count } : each)
  }
  return [...kinds.values()].sort(byWeight)
}

const usualHolders: Record<LayerId, string> = {
  identity: 'identity and access management',
  entitlement: 'access governance',
  privilege: 'privileged access management',
  enforcement: 'application teams',
  monitoring: 'security operations',
}

const times = (count: number, one: string, many: string) => (count === 1 ? `one ${one}` : `${count} ${many}`)

function reasonOf({ kind, count, about }: Evidence, layer: LayerId, scope: Case['scope']): string {
  const title = layerOf(layer).title.toLowerCase()
  const onAgent = scope === 'agent' || (scope === 'binding' && layerOf(layer).naturalAnchor === 'agent')
  switch (kind) {
    case 'incumbent':
      return 'Owns it already; only the accountable person has left'
    case 'catalog':
      return `The catalog names it as owner of ${about ?? 'the tool'}`
    case 'application':
      return `Runs ${about ?? 'the application'}, where the work happens`
    case 'here':
      return `Owns ${title} on ${times(count, 'other binding', 'other bindings')} of the same ${onAgent ? 'agent' : 'tool'}`
    case 'application-tools':
      return `Owns ${title} of ${times(count, 'other tool', 'other tools')} of ${about ?? 'the same application'}`
    case 'beside':
      return onAgent
        ? `Owns ${title} on ${times(count, 'binding', 'bindings')} of other agents to the same tools`
        : `Owns ${title} on ${times(count, 'binding', 'bindings')} of the same agents to other tools`
    case 'function':
      return count > 0
        ? `Usually held by ${usualHolders[layer]}; it owns ${title} in ${times(count, 'place', 'places')}`
        : `Usually held by ${usualHolders[layer]}`
  }
}
