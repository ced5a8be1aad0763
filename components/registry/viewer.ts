import type { AssignmentView } from '@/lib/ownership/model'

/** What of the signed-in person decides over ownership, besides the operations open to them. */
export interface Viewer {
  /** Slugs of the active teams they lead. */
  leadOf: readonly string[]
  /** Their external id, when the account belongs to a person of the registry. */
  person: string | null
  /** Whether their role sets owners anywhere. */
  curates: boolean
}

type Held = Pick<AssignmentView, 'team' | 'person'>

/** `true`, or why the viewer may not hand an ownership on; `null` stands for a place without one. */
export function mayHandOn(held: Held | null, viewer: Viewer): true | string {
  if (viewer.curates) return true
  if (held === null) return 'Only a governance lead can name the first owner.'
  const holds =
    viewer.leadOf.includes(held.team.slug) || (viewer.person !== null && viewer.person === held.person?.externalId)
  return holds || `Only a governance lead, or ${held.team.name}, can change this.`
}
