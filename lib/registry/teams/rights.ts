import type { Actor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'

const leadMayEdit: ReadonlySet<string> = new Set(['contact'])

/**
 * Whether the actor may edit these fields of the team: `true`, or the reason why not. A role that curates the
 * registry may edit everything; a lead edits the contact of their own team, and nothing else.
 */
export function mayEditTeam(
  actor: Actor,
  team: { id: string; name: string },
  fields: readonly string[],
): true | string {
  const byRole = mayRun('teams.update', { ...actor, leadOf: new Set() })
  if (byRole === true) return true
  if (!actor.leadOf.has(team.id)) return byRole
  const beyond = fields.filter((field) => !leadMayEdit.has(field))
  return beyond.length === 0 ? true : `As lead of ${team.name} you may change its contact, not ${beyond.join(', ')}.`
}
