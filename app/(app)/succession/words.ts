import { layerOf } from '@/lib/layers'
import type { SuccessionView } from '@/lib/ownership/succession/model'

type About = Pick<SuccessionView, 'ownership' | 'agent'>

/** "Identity of Support bot", "Sponsor of Support bot": what is to be taken over. */
export function aboutOf({ ownership, agent }: About): string {
  if (ownership) return `${layerOf(ownership.layer).title} of ${ownership.subject?.name ?? 'the whole organisation'}`
  return `Sponsor of ${agent?.name ?? 'an agent'}`
}

/** Why somebody is asked: "as deputy". */
export function becauseOf({ because, candidate }: Pick<SuccessionView, 'because' | 'candidate'>): string | null {
  if (candidate === null) return null
  switch (because) {
    case 'deputy':
      return 'as deputy'
    case 'team_lead':
      return 'as lead of the team'
    case 'manager':
      return 'as manager'
    case null:
      return 'named by hand'
  }
}

/** What of the signed-in person decides over successions. */
export interface SuccessionViewer {
  /** Id of the person of the account. */
  person: string | null
  curates: boolean
  /** Slugs of the teams they lead. */
  leadOf: readonly string[]
}

type Asked = Pick<SuccessionView, 'leaver' | 'ownership' | 'candidate'>

/** Whether the viewer is the one who is asked. */
export const isAsked = ({ candidate }: Asked, viewer: SuccessionViewer): boolean =>
  candidate !== null && candidate.id === viewer.person

/** `true`, or why the viewer may not ask somebody else. */
export function mayName({ leaver, ownership }: Asked, viewer: SuccessionViewer): true | string {
  if (viewer.curates || (viewer.person !== null && viewer.person === leaver.manager?.id)) return true
  if (ownership && viewer.leadOf.includes(ownership.team.slug)) return true
  const manager = leaver.manager ? `, ${leaver.manager.name}` : ''
  const lead = ownership ? ` or a lead of ${ownership.team.name}` : ''
  return `Only a governance lead${manager}${lead} can ask somebody else.`
}
