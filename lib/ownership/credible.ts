import type { AssignmentFact, Picture } from '@/lib/gaps/picture'

/** Why an owner cannot answer for its layer any more. */
export type Discredit = 'team-dissolved' | 'team-empty' | 'person-left'

/**
 * What stands against an owner, the widest reason first; null when it is credible: its team is active and has an
 * active member, and the accountable person, if one is named, has not left.
 */
export function discredit(
  assignment: Pick<AssignmentFact, 'teamId' | 'personId'>,
  picture: Pick<Picture, 'teams' | 'people'>,
): Discredit | null {
  const team = picture.teams.get(assignment.teamId)
  if (team?.status !== 'active') return 'team-dissolved'
  if (!team.hasActiveMember) return 'team-empty'
  if (assignment.personId === null) return null
  return picture.people.get(assignment.personId)?.status === 'active' ? null : 'person-left'
}

/** Whether the owner can answer for its layer. One that cannot stays the effective owner but is no coverage. */
export function isCredible(
  assignment: Pick<AssignmentFact, 'teamId' | 'personId'>,
  picture: Pick<Picture, 'teams' | 'people'>,
): boolean {
  return discredit(assignment, picture) === null
}
