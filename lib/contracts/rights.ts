import type { Actor } from '@/lib/access/model'
import { mayRun, type PermissionName } from '@/lib/access/permissions'

/** By role, or as the lead of one of these teams: `true`, or the reason of the role. */
function byRoleOrLead(name: PermissionName, actor: Actor, teamIds: readonly (string | null)[]): true | string {
  const asLead = teamIds.some((id) => id !== null && actor.leadOf.has(id))
  const verdict = mayRun(name, { ...actor, leadOf: new Set(), personId: null })
  // A token without the scope stays without it, whatever its maker leads.
  return asLead && mayRun(name, actor) === true ? true : verdict
}

/** Whether the actor may write for this author team: builders may for any, a lead for their own. */
export function mayAuthor(actor: Actor, team: { id: string; name: string } | null): true | string {
  const verdict = byRoleOrLead('contracts.update', actor, [team?.id ?? null])
  if (verdict === true || !team || actor.leadOf.size === 0) return verdict
  return `Only an engineer, a governance lead, or the lead of ${team.name} writes for ${team.name}.`
}

/** Whether the actor may say what a point enforces: builders may at any, a lead where their team runs it. */
export function mayAttest(actor: Actor, point: { name: string; teamId: string | null }): true | string {
  const verdict = byRoleOrLead('attestations.create', actor, [point.teamId])
  if (verdict === true || actor.leadOf.size === 0) return verdict
  return `Only an engineer, a governance lead, or the lead of the team that runs ${point.name} attests there.`
}
