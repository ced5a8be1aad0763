import type { Actor } from '@/lib/access/model'
import { mayRun, type PermissionName } from '@/lib/access/permissions'
import type { RemediationState } from '../model'
import { nextRemediationState, type RemediationEventType } from '../states'

/** What the rights on a remediation depend on. */
export interface RemediationStanding {
  state: RemediationState
  teamId: string | null
  assigneeId: string | null
}

const leads: readonly Actor['role'][] = ['admin', 'governance_lead']
const builders: readonly Actor['role'][] = [...leads, 'engineer']

const isOneOf = (actor: Actor, roles: readonly Actor['role'][]) => actor.kind === 'system' || roles.includes(actor.role)

const leadsTeam = (actor: Actor, { teamId }: RemediationStanding) => teamId !== null && actor.leadOf.has(teamId)

const isTheirs = (actor: Actor, standing: RemediationStanding) =>
  leadsTeam(actor, standing) || (actor.personId !== null && actor.personId === standing.assigneeId)

/** What an actor may do with a remediation: `true`, or why not. */
export function mayOnRemediation(actor: Actor, standing: RemediationStanding) {
  const within = (name: PermissionName, isAllowed: boolean, otherwise: string): true | string => {
    const verdict = mayRun(name, actor)
    return verdict === true && !isAllowed ? otherwise : verdict
  }
  const after = (event: RemediationEventType, verdict: true | string): true | string => {
    const { refusal } = nextRemediationState(standing.state, event)
    return verdict === true && refusal !== undefined ? refusal : verdict
  }
  return {
    evidence: after(
      'evidence',
      within(
        'remediations.evidence',
        isOneOf(actor, builders) || isTheirs(actor, standing),
        'Only who it is assigned to, a lead of the team, an engineer or a governance lead can hand in evidence.',
      ),
    ),
    assign: after(
      'cancel',
      within(
        'remediations.assign',
        isOneOf(actor, leads) || leadsTeam(actor, standing),
        'Only a lead of the team or a governance lead can give it to somebody.',
      ),
    ),
    setDue: after('cancel', mayRun('remediations.setDue', actor)),
    cancel: after('cancel', mayRun('remediations.cancel', actor)),
  }
}
