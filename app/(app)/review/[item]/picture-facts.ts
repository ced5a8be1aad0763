import type { ReviewPicture } from '@/lib/recertification/picture'
import { isAccess } from '@/lib/recertification/reviews/picture-kind'

/** A fact of a picture as one reads it. */
export interface PictureFact {
  label: string
  value: string
}

const spaced = (word: string) => word.replaceAll('_', ' ')

/** The facts of a picture, one by one; the same labels in the same order for pictures of a kind. */
export function factsOf(picture: ReviewPicture): PictureFact[] {
  if (!isAccess(picture)) {
    const { team, person, state, since, setBy, reason } = picture.facts
    return [
      { label: 'Team', value: team.name },
      { label: 'Accountable', value: person?.name ?? 'nobody' },
      { label: 'State', value: state },
      { label: 'Since', value: since.slice(0, 10) },
      { label: 'Set by', value: setBy },
      { label: 'Reason', value: reason },
      { label: 'Active bindings', value: picture.seen.bindings.toLocaleString('en') },
    ]
  }
  const { facts, seen } = picture
  const lifetime = facts.credentialLifetimeSeconds
  return [
    { label: 'Approved intent', value: facts.intent ?? 'none' },
    { label: 'May', value: facts.actions.join(', ') || 'nothing is listed' },
    { label: 'Boundary', value: facts.boundary ?? 'none' },
    {
      label: 'Credential',
      value: `${spaced(facts.credentialType)}${lifetime === null ? '' : `, ${lifetime.toLocaleString('en')} seconds`}`,
    },
    { label: 'Decided', value: facts.decisionMode === 'runtime' ? 'at request time' : 'statically' },
    { label: 'Risk', value: facts.risk },
    { label: 'Agent', value: `${facts.autonomy}; ${facts.purpose || 'no purpose said'}` },
    { label: 'Sponsor', value: facts.sponsor?.name ?? 'nobody' },
    { label: 'Tool', value: `${facts.classification} data, independent privileges: ${facts.independentPrivileges}` },
    { label: 'Path', value: facts.path.map(({ point, mode }) => `${point} ${spaced(mode)}`).join(', then ') || 'none' },
    ...facts.owners.map(({ layer, status, team, person }) => ({
      label: `Owner of ${layer}`,
      value: team
        ? `${team.name}${person ? `, ${person.name}` : ''}${status === 'owned' ? '' : ` (${status})`}`
        : 'nobody',
    })),
    { label: 'Last used', value: seen.lastUsedAt?.slice(0, 10) ?? 'the source cannot tell' },
  ]
}
