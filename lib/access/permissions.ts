import { pastIsClosed } from '@/lib/history/model'
import { type Actor, type Role, roleTitles, type TokenScope } from './model'

/**
 * Who may run which use case: the one table. A use case that is not here does not compile, and one that is here
 * but not routed fails a test. `standing` admits actors by the data itself besides the roles; the use case then
 * checks the very subject (a lead of team A says nothing about team B).
 */
interface Permission {
  roles: readonly Role[]
  scope: TokenScope
  standing?: 'team_lead' | 'any'
  /** Done by a person at the screen and by no token: another way in, or a signature, would outlive the token. */
  atScreen?: true
}

const everyone = ['admin', 'governance_lead', 'auditor', 'engineer', 'member'] as const
const leads = ['admin', 'governance_lead'] as const
// Everybody but the auditor, who changes nothing.
const workers = ['admin', 'governance_lead', 'engineer', 'member'] as const
const builders = ['admin', 'governance_lead', 'engineer'] as const

const read = { roles: everyone, scope: 'read' } as const satisfies Permission
const curate = { roles: leads, scope: 'registry' } as const satisfies Permission
const build = { roles: builders, scope: 'registry' } as const satisfies Permission
const assign = { roles: leads, scope: 'ownership', standing: 'any' } as const satisfies Permission
// The handshake is the named team's own: no role stands in for its lead.
const handshake = { roles: [], scope: 'ownership', standing: 'team_lead' } as const satisfies Permission
// Whoever is asked answers personally; the use case looks at the very succession.
const personal = { roles: [], scope: 'ownership', standing: 'any' } as const satisfies Permission
// Reviewers answer personally: no role stands in for them; the use case looks at the very item.
const reviewing = { roles: [], scope: 'reviews', standing: 'any' } as const satisfies Permission
const authoring = { roles: builders, scope: 'contracts', standing: 'team_lead' } as const satisfies Permission
const atScreen = { roles: everyone, scope: 'settings', atScreen: true } as const satisfies Permission
const administering = { roles: ['admin'], scope: 'settings', atScreen: true } as const satisfies Permission
const running = { roles: leads, scope: 'campaigns' } as const satisfies Permission
// What an identity provider does with the token of an admin: reading too, for it tells more of people than pages do.
const provisioning = { roles: ['admin'], scope: 'provisioning' } as const satisfies Permission
const importing = { roles: builders, scope: 'import' } as const satisfies Permission

export const permissions = {
  'me.get': read,
  // Their own, whatever they may do besides.
  'me.setTimeZone': { roles: [], scope: 'registry', standing: 'any' },
  'overview.get': read,
  'history.span': read,
  'history.compare': read,
  'history.changes': read,
  'history.owners': read,
  'search.find': read,

  'people.list': read,
  'people.get': read,
  'people.create': curate,
  'people.update': curate,
  'people.erase': { roles: ['admin'], scope: 'settings' },
  'teams.list': read,
  'teams.get': read,
  'teams.create': curate,
  'teams.update': { ...curate, standing: 'team_lead' },
  'agents.list': read,
  'agents.get': read,
  'agents.create': build,
  'agents.update': build,
  'agents.transition': build,
  'tools.list': read,
  'tools.get': read,
  'tools.create': build,
  'tools.update': build,
  'points.list': read,
  'points.get': read,
  'points.create': build,
  'points.update': build,
  'points.credential': build,
  'points.probe': build,
  'bindings.list': read,
  'bindings.get': read,
  'bindings.create': build,
  'bindings.update': build,
  'bindings.transition': build,
  'bindings.previewRoute': read,
  'bindings.route': build,
  'delegations.list': read,
  'delegations.graph': read,
  'delegations.create': build,
  'delegations.remove': build,

  'owners.get': read,
  'assignments.list': read,
  'assignments.get': read,
  'assignments.create': assign,
  'assignments.accept': handshake,
  'assignments.decline': handshake,
  'assignments.end': assign,
  'assignments.undo': assign,
  'assignments.setDeputies': assign,
  'ownership.suggest': read,
  'ownership.mendable': read,
  'ownership.mend': assign,
  'ownership.rebuild': { roles: ['admin'], scope: 'ownership' },

  'succession.list': read,
  'succession.preview': read,
  'succession.accept': personal,
  'succession.decline': personal,
  'succession.name': assign,

  'matrix.rows': read,
  'matrix.summaries': read,
  'matrix.counts': read,

  'gaps.list': read,
  'gaps.get': read,
  'gaps.evaluate': { roles: leads, scope: 'gaps' },
  // Besides the leads: who it is assigned to, and the teams that own what it affects.
  'gaps.transition': { roles: leads, scope: 'gaps', standing: 'any' },
  'gaps.assign': { roles: leads, scope: 'gaps', standing: 'any' },
  'gaps.setDue': { roles: leads, scope: 'gaps' },
  'gaps.recheck': { roles: workers, scope: 'gaps' },
  'gaps.comment': { roles: workers, scope: 'gaps' },
  'gaps.comments': read,
  'exceptions.list': read,
  'exceptions.get': read,
  'exceptions.ask': { roles: builders, scope: 'gaps', standing: 'any' },
  'exceptions.approve': { roles: leads, scope: 'gaps' },
  'exceptions.refuse': { roles: leads, scope: 'gaps' },
  'exceptions.withdraw': { roles: builders, scope: 'gaps', standing: 'any' },
  'rules.list': read,
  'frameworks.list': read,
  'frameworks.get': read,

  'contracts.list': read,
  'contracts.counts': read,
  'contracts.get': read,
  'contracts.diff': read,
  'contracts.check': read,
  'contracts.create': authoring,
  'contracts.update': authoring,
  'contracts.discard': authoring,
  // A signature is a person's own: no role stands in for belonging to a security team.
  'contracts.sign': { roles: [], scope: 'contracts', standing: 'any' },
  'contracts.activate': { roles: builders, scope: 'contracts' },
  'attestations.list': read,
  'attestations.standing': read,
  'attestations.create': { roles: builders, scope: 'attest', standing: 'team_lead' },

  'provisioning.get': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'provisioning.held': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'provisioning.confirmHeld': { roles: ['admin'], scope: 'settings' },
  'provisioning.dismissHeld': { roles: ['admin'], scope: 'settings' },
  // The operations of the SCIM server, which are no operations of the REST API.
  'provisioning.configuration': provisioning,
  'provisioning.resourceTypes': provisioning,
  'provisioning.resourceType': provisioning,
  'provisioning.schemas': provisioning,
  'provisioning.schema': provisioning,
  'provisioning.findUsers': provisioning,
  'provisioning.searchUsers': provisioning,
  'provisioning.getUser': provisioning,
  'provisioning.createUser': provisioning,
  'provisioning.replaceUser': provisioning,
  'provisioning.patchUser': provisioning,
  'provisioning.removeUser': provisioning,
  'provisioning.findGroups': provisioning,
  'provisioning.searchGroups': provisioning,
  'provisioning.getGroup': provisioning,
  'provisioning.createGroup': provisioning,
  'provisioning.replaceGroup': provisioning,
  'provisioning.patchGroup': provisioning,
  'provisioning.removeGroup': provisioning,

  'settings.policy.get': read,
  'settings.policy.preview': { roles: leads, scope: 'settings' },
  'settings.policy.update': { roles: leads, scope: 'settings' },

  'whatif.preview': read,
  'whatif.plan': read,
  // Each part needs what it needs by hand: the use case looks.
  'whatif.apply': { roles: builders, scope: 'registry', standing: 'any' },
  'estate.export': read,
  // Everybody takes along what they may read; an export in the background changes nothing but the list of one's own.
  'exports.kinds': read,
  'exports.check': read,
  'exports.file': read,
  'exports.workbook': read,
  'exports.start': read,
  'exports.list': read,
  'exports.get': read,
  'exports.cancel': read,
  'exports.fetch': read,
  // A bundle leaves a line in the audit log, and changes nothing.
  'bundles.make': read,
  'bundles.list': read,
  'bundles.file': read,

  'imports.preview': importing,
  'imports.apply': importing,
  'imports.list': read,
  'imports.get': read,

  'parity.tool': read,
  'parity.list': read,
  'parity.get': read,
  'parity.start': { roles: builders, scope: 'attest' },
  'decisionLogs.record': { roles: builders, scope: 'attest' },

  'outbound.get': { roles: ['admin', 'governance_lead', 'auditor', 'engineer'], scope: 'read' },
  'outbound.update': { roles: ['admin'], scope: 'settings' },
  'exportSchedules.list': { roles: ['admin', 'governance_lead', 'auditor', 'engineer'], scope: 'read' },
  'exportSchedules.runs': { roles: ['admin', 'governance_lead', 'auditor', 'engineer'], scope: 'read' },
  'exportSchedules.create': { roles: ['admin'], scope: 'settings' },
  'exportSchedules.pause': { roles: ['admin'], scope: 'settings' },
  'exportSchedules.run': { roles: ['admin'], scope: 'settings' },
  'exportSchedules.remove': { roles: ['admin'], scope: 'settings' },
  'streams.list': { roles: ['admin', 'governance_lead', 'auditor', 'engineer'], scope: 'read' },
  'streams.create': { roles: ['admin'], scope: 'settings' },
  'streams.pause': { roles: ['admin'], scope: 'settings' },
  'streams.remove': { roles: ['admin'], scope: 'settings' },
  'streams.test': { roles: ['admin'], scope: 'settings' },

  'reviews.list': read,
  'reviews.counts': read,
  'reviews.get': read,
  'reviews.decide': reviewing,
  'reviews.undo': reviewing,
  'reviews.handOver': reviewing,
  'handovers.list': read,
  // A lead hands over for others too; the use case looks at whose reviews they are.
  'handovers.create': { roles: leads, scope: 'reviews', standing: 'any' },
  'handovers.end': { roles: leads, scope: 'reviews', standing: 'any' },

  'campaigns.list': read,
  'campaigns.get': read,
  'campaigns.create': running,
  'campaigns.update': running,
  'campaigns.discard': running,
  'campaigns.schedule': running,
  'campaigns.start': running,
  'campaigns.preview': running,
  'reviews.upcoming': read,
  'campaigns.items': read,
  'campaigns.progress': read,
  // How people went about answering is for those who run campaigns or audit them.
  'campaigns.signals': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'campaigns.comments': read,
  'campaigns.comment': { roles: workers, scope: 'campaigns' },
  'campaignTemplates.list': read,
  'campaignTemplates.get': read,
  'campaignTemplates.create': running,
  'campaignTemplates.update': running,
  'campaignTemplates.remove': running,

  'campaigns.report': read,
  'campaigns.records': read,
  'campaigns.verify': read,
  // Its owner alone, or a lead when the owner is gone: the use case looks.
  'campaigns.sign': { roles: leads, scope: 'campaigns', atScreen: true },
  'certifications.list': read,

  'campaigns.endPreview': running,
  'campaigns.endStage': running,
  'campaigns.extend': running,
  'campaigns.stop': running,
  'campaigns.close': running,
  'campaigns.reassign': running,
  'campaigns.sendBack': running,
  'campaigns.reiterate': running,
  'challenges.list': read,
  'challenges.decide': running,
  // Those whom a revocation affects; the use case looks at the very item.
  'reviews.contest': { roles: [], scope: 'reviews', standing: 'any' },

  'campaigns.remind': running,
  'campaigns.remindPreview': running,
  'mails.list': read,
  'mails.get': read,
  'calendar.get': read,
  'calendar.create': { roles: [], scope: 'registry', standing: 'any', atScreen: true },
  'calendar.revoke': { roles: [], scope: 'registry', standing: 'any', atScreen: true },

  'remediations.list': read,
  'remediations.get': read,
  // Besides the leads: a lead of the team that sees to it, and who it is assigned to; the use case looks at the very one.
  'remediations.assign': { roles: leads, scope: 'campaigns', standing: 'team_lead' },
  'remediations.setDue': { roles: leads, scope: 'campaigns' },
  'remediations.evidence': { roles: builders, scope: 'campaigns', standing: 'any' },
  'remediations.cancel': { roles: leads, scope: 'campaigns' },

  'audit.list': read,
  'audit.count': read,
  'audit.get': read,
  'audit.actors': read,

  'metrics.read': read,
  'log.get': read,
  'log.checkpoints': read,
  'log.keys': read,
  'log.inclusion': read,
  'log.consistency': read,
  'log.tile': read,
  'log.entries': read,
  'log.checkpoint': { roles: leads, scope: 'settings' },
  'log.verify': { roles: leads, scope: 'settings' },
  'log.rotateKey': { roles: ['admin'], scope: 'settings' },
  'log.addWitness': { roles: ['admin'], scope: 'settings' },
  'log.removeWitness': { roles: ['admin'], scope: 'settings' },
  // Whoever hands it in: what counts is whose signature it is.
  'log.cosign': { roles: builders, scope: 'settings' },

  // Everybody looks after their own sessions and ways in.
  'sessions.list': read,
  'sessions.end': atScreen,
  'sessions.endOthers': atScreen,
  'sessions.providerEnd': atScreen,
  'waysIn.list': read,
  'waysIn.setPassword': atScreen,
  'waysIn.newApp': atScreen,
  'waysIn.addApp': atScreen,
  'waysIn.removeApp': atScreen,
  'waysIn.newRecoveryCodes': atScreen,
  'waysIn.newPasskey': atScreen,
  'waysIn.addPasskey': atScreen,
  'waysIn.removePasskey': atScreen,
  'accounts.list': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'accounts.invite': administering,
  'accounts.update': administering,
  'accounts.reset': administering,
  'accounts.clearFactors': administering,
  'accounts.endSessions': administering,
  'accounts.endAllSessions': administering,
  'accounts.revokeTokens': administering,
  'serviceAccounts.list': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'serviceAccounts.get': { roles: ['admin', 'governance_lead', 'auditor'], scope: 'read' },
  'serviceAccounts.create': administering,
  'serviceAccounts.update': administering,
  'serviceAccounts.createToken': administering,
  'serviceAccounts.revokeToken': administering,

  'tokens.list': { roles: everyone, scope: 'read' },
  'tokens.create': atScreen,
  'tokens.revoke': atScreen,
} as const satisfies Record<string, Permission>

export type PermissionName = keyof typeof permissions

/** What Pentarch does by itself, with its audit event as everything: no operation offers it, no role may run it. */
export type UseCaseName =
  | PermissionName
  | 'parity.record'
  | 'log.state'
  | 'log.keyChanged'
  | 'campaigns.apply'
  | 'campaigns.begin'
  | 'campaigns.launched'
  | 'campaigns.giveUp'
  | 'campaigns.passOn'
  | 'campaigns.escalate'
  | 'campaigns.stageDue'
  | 'campaigns.closeSettled'
  | 'campaigns.occur'
  | 'campaigns.respond'
  | 'certifications.lose'
  | 'sessions.begin'
  | 'sessions.signOut'
  | 'accounts.useLink'
  | 'accounts.askForReset'
  | 'accounts.arrive'
  | 'accounts.tie'
  | 'accounts.roleByProvider'
  | 'accounts.refuse'

/** Whether a use case is one of those that the API offers. */
export const isOffered = (name: UseCaseName): name is PermissionName => name in permissions

const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** `true`, or the reason why the actor may not run the use case. */
export function mayRun(name: UseCaseName, actor: Actor): true | string {
  if (actor.kind === 'system') return true
  if (!isOffered(name)) return 'Only Pentarch itself does this.'
  const permission: Permission = permissions[name]
  if (actor.looksBack && permission.scope !== 'read') return pastIsClosed
  if (permission.atScreen && actor.kind === 'token') return 'A person does this, at the screen: an API token cannot.'
  if (actor.scopes && !actor.scopes.has(permission.scope)) return `This token lacks the scope "${permission.scope}".`
  if (permission.roles.includes(actor.role)) return true
  if (permission.standing === 'team_lead' && actor.leadOf.size > 0) return true
  // Accountable persons and leads may hand over what they hold; the use case looks at the very assignment.
  if (permission.standing === 'any' && actor.personId) return true
  if (permission.roles.length === 0 && permission.standing === 'any')
    return 'Only a person of the registry can do this.'
  if (permission.roles.length === 0) return 'Only the lead of a team can do this.'
  const needed = anyOf.format(permission.roles.map((role) => roleTitles[role]))
  return `This needs the role ${needed}; yours is ${roleTitles[actor.role]}.`
}
