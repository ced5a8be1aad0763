import { isSecurity } from '@/lib/contracts/states'
import { enforcementLayer } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { BindingFact, ContractFact, TeamFact, ToolFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count } from '../wording'

/**
 * Those who build the application wrote its limits themselves, and no security team agreed. A contract whose author is
 * not recorded does not fire: which of the two models it follows is unknown.
 * Depends on: the tool (name, application), its contract in force (version, author, sign-off), the team that runs its
 * application, who owns enforcement of its active bindings, and those teams (function, name).
 */
export const contractUnsigned: Rule = {
  id: 'contract-unsigned',
  title: 'The application’s own contract without security sign-off',
  placedOn: ['tool'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding reaches the tool, and its contract in force was authored by the application’s team (it runs the application, owns enforcement of the tool, or is an application or business team) without a sign-off by another team that has a security function. A contract of unknown author does not fire.',
  why: 'Limits that are set by those whom they limit are wishes. The model in which applications write their own policy stands on a second pair of eyes.',
  fix: 'Have a security team (identity, access governance, privileged access or security operations) sign the contract off.',
  evaluate(subject, picture) {
    const tool = picture.tools.get(subject.id)
    const contract = tool && picture.contractInForce(tool.id)
    if (!contract) return []
    const bindings = picture.activeBindingsOfTool(tool.id)
    const author = contract.authorTeamId === null ? undefined : picture.teams.get(contract.authorTeamId)
    if (bindings.length === 0 || !author) return []
    const role = roleOf(author, tool, bindings, picture)
    const flaw = flawOf(contract, author, picture)
    if (role === null || flaw === null) return []
    const explanation = `Contract version ${contract.version} of ${tool.name} is in force, written by ${author.name}, which ${role}; ${flaw}. ${count(bindings.length, 'active binding')} ${bindings.length === 1 ? 'depends' : 'depend'} on it.`
    return [findingOf(contractUnsigned, { subject, layer: null, bindings, explanation })]
  },
}

/** In words what makes the author the application's team, null when it is not. */
function roleOf(
  author: TeamFact,
  { applicationId }: ToolFact,
  bindings: readonly BindingFact[],
  picture: IndexedPicture,
): string | null {
  const application = applicationId === null ? undefined : picture.points.get(applicationId)
  if (application?.teamId === author.id) return `runs ${application.name}`
  const owns = (binding: BindingFact) => picture.assignmentOf(binding, enforcementLayer)?.teamId === author.id
  if (bindings.some(owns)) return 'owns enforcement of it'
  if (author.function === 'application') return 'is an application team'
  return author.function === 'business' ? 'is a business team' : null
}

/** In words why the sign-off is none, null when it is one. */
function flawOf({ signedOffTeamId }: ContractFact, author: TeamFact, picture: IndexedPicture): string | null {
  const signer = signedOffTeamId === null ? undefined : picture.teams.get(signedOffTeamId)
  if (!signer) return 'no security team signed it off'
  if (signer.id === author.id) return 'its only sign-off is by the same team'
  return isSecurity(signer) ? null : `it was signed off by ${signer.name}, which is no security team`
}
