import type { OwnershipScope } from '@/lib/ownership/model'

/** What a reader sees of one layer's effective owner. `since` is an ISO instant. */
export interface OwnerView {
  team: string | null
  source: OwnershipScope | null
  confirmed: boolean
  credible: boolean
  since?: string | null | undefined
  person?: string | null | undefined
  /** Name of the agent, tool or application the owner is inherited from. */
  sourceName?: string | null | undefined
}

/** The four states of a cell, best first. */
export const ownerStatuses = ['owned', 'unconfirmed', 'orphaned', 'unowned'] as const
export type OwnerStatus = (typeof ownerStatuses)[number]

/** An owner who is not credible is orphaned whether or not the team had accepted: nobody answers for the layer. */
export function ownerStatusOf(owner: Pick<OwnerView, 'team' | 'confirmed' | 'credible'>): OwnerStatus {
  if (owner.team === null) return 'unowned'
  if (!owner.credible) return 'orphaned'
  return owner.confirmed ? 'owned' : 'unconfirmed'
}

export const ownerStatusTitles: Record<OwnerStatus, string> = {
  owned: 'Owned',
  unconfirmed: 'Unconfirmed',
  orphaned: 'Orphaned',
  unowned: 'Unowned',
}

export const ownerStatusMeanings: Record<OwnerStatus, string> = {
  owned: 'A team answers for this layer and has accepted it.',
  unconfirmed: 'A team is named but has not accepted yet.',
  orphaned: 'The named team or person is gone; nobody answers for this layer.',
  unowned: 'No team is named.',
}

const sourceNames: Record<OwnershipScope, string> = {
  binding: 'this binding',
  agent: 'the agent',
  tool: 'the tool',
  enforcement_point: "the tool's application",
  organisation: 'the organisation default',
}

/** Where the owner comes from, in words: "Set on this binding", "Inherited from the agent". */
export function provenanceOf(source: OwnershipScope | null): string {
  if (source === null) return 'Nobody is named at any level'
  return source === 'binding' ? `Set on ${sourceNames[source]}` : `Inherited from ${sourceNames[source]}`
}

/** The whole cell in one sentence, for those who hear it rather than see it. */
export function ownerSentence(owner: OwnerView): string {
  const status = ownerStatusOf(owner)
  if (owner.team === null) return 'Unowned'
  const parts = [owner.team, provenanceOf(owner.source).toLowerCase()]
  if (status !== 'owned') parts.push(status)
  return parts.join(', ')
}
