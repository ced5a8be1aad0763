/** What an action is in words, said of whoever did it and before the name of what it was done to. */
const deeds: Readonly<Record<string, string>> = {
  'agents.create': 'proposed the agent',
  'agents.transition': 'moved the agent',
  'agents.update': 'edited the agent',
  'assignments.accept': 'accepted',
  'assignments.create': 'named an owner for',
  'assignments.decline': 'declined',
  'assignments.end': 'ended the ownership of',
  'assignments.setDeputies': 'named deputies for',
  'assignments.undo': 'took back the naming of',
  'attestations.create': 'attested to',
  'bindings.create': 'requested the access of',
  'bindings.route': 'changed the path through',
  'bindings.transition': 'moved the access of',
  'bindings.update': 'edited the access of',
  'bundles.make': 'took an evidence bundle',
  'calendar.create': 'made an address for their calendar',
  'calendar.revoke': 'took the address of their calendar back',
  'campaignTemplates.create': 'made the template',
  'campaignTemplates.remove': 'removed the template',
  'campaignTemplates.update': 'changed the template',
  'campaigns.apply': 'applied decisions of',
  'campaigns.begin': 'started, as scheduled,',
  'campaigns.close': 'closed',
  'campaigns.closeSettled': 'closed, its challenge period over,',
  'campaigns.comment': 'commented on',
  'campaigns.create': 'drafted the campaign',
  'campaigns.discard': 'threw away the draft',
  'campaigns.endStage': 'ended a stage of',
  'campaigns.escalate': 'escalated unanswered items of',
  'campaigns.extend': 'moved the due date of',
  'campaigns.giveUp': 'found nothing to ask about in',
  'campaigns.launched': 'launched',
  'campaigns.occur': 'launched from its template',
  'campaigns.passOn': 'passed on items of those who left in',
  'campaigns.reassign': 'gave items to another reviewer in',
  'campaigns.reiterate': 'asked again about what was unanswered in',
  'campaigns.remind': 'reminded reviewers of',
  'campaigns.respond': 'asked again about what changed in',
  'campaigns.schedule': 'scheduled',
  'campaigns.sendBack': 'asked for a second look in',
  'campaigns.sign': 'signed the report of',
  'campaigns.stageDue': 'ended a stage that was over in',
  'campaigns.start': 'started',
  'campaigns.stop': 'stopped',
  'campaigns.update': 'changed the campaign',
  'certifications.lose': 'took away certifications that no longer hold',
  'challenges.decide': 'decided a challenge in',
  'contracts.activate': 'put in force the contract for',
  'contracts.create': 'began a contract for',
  'contracts.discard': 'gave up the contract for',
  'contracts.sign': 'signed off the contract for',
  'contracts.update': 'edited the contract for',
  'decisionLogs.record': 'handed over decision logs of',
  'delegations.create': 'let one agent call another:',
  'delegations.remove': 'took a delegation away:',
  'exceptions.approve': 'approved the exception for',
  'exceptions.ask': 'asked for an exception for',
  'exceptions.refuse': 'refused the exception for',
  'exceptions.withdraw': 'withdrew the exception for',
  'exports.cancel': 'stopped an export',
  'exports.start': 'started an export',
  'gaps.assign': 'assigned the gap',
  'gaps.comment': 'commented on the gap',
  'gaps.evaluate': 'brought owners and gaps in line with the passing of time',
  'gaps.recheck': 'looked again at the gap',
  'gaps.setDue': 'moved the due date of the gap',
  'gaps.transition': 'moved the gap',
  'handovers.create': 'handed over the reviews of',
  'handovers.end': 'ended the hand-over of reviews of',
  'imports.apply': 'imported',
  'me.setTimeZone': 'set the time zone of',
  'outbound.update': 'set which private networks may be reached',
  'ownership.mend': 'named a missing owner for',
  'ownership.rebuild': 'resolved every owner anew',
  'parity.record': 'recorded a parity run of',
  'parity.start': 'started a parity run of',
  'people.create': 'registered',
  'people.update': 'edited',
  'points.create': 'registered the enforcement point',
  'points.credential': 'set the credential for asking',
  'points.update': 'edited the enforcement point',
  'remediations.assign': 'assigned the remediation of',
  'remediations.cancel': 'gave up the remediation of',
  'remediations.evidence': 'handed in evidence for',
  'remediations.setDue': 'moved the due date of the remediation of',
  'reviews.contest': 'contested a revocation in',
  'reviews.decide': 'answered reviews of',
  'reviews.handOver': 'handed reviews over in',
  'reviews.undo': 'took answers back in',
  'settings.policy.update': 'set the policy',
  'streams.create': 'set up an event stream',
  'streams.pause': 'paused or resumed an event stream',
  'streams.remove': 'removed an event stream',
  'succession.accept': 'took over from',
  'succession.decline': 'declined to take over from',
  'succession.name': 'named somebody to take over from',
  'teams.create': 'registered the team',
  'teams.update': 'edited the team',
  'tokens.create': 'made the API token',
  'tokens.revoke': 'revoked the API token',
  'tools.create': 'registered the tool',
  'tools.update': 'edited the tool',
  'whatif.apply': 'carried out a what-if',
}

/** Those that say all by themselves: no name of a subject follows. */
const whole = new Set([
  ...['calendar.create', 'calendar.revoke', 'certifications.lose', 'gaps.evaluate', 'outbound.update', 'bundles.make'],
  ...['ownership.rebuild', 'settings.policy.update', 'whatif.apply', 'exports.start', 'exports.cancel'],
])

const knownActions = Object.keys(deeds)

/** Whether the words of an action name all there is to say. */
export const isWhole = (action: string): boolean => whole.has(action)

/** What an event did, such as "edited the agent"; an action that nobody has put in words stands as it is. */
export const deedOf = (action: string): string => deeds[action] ?? action

const groupTitles: Readonly<Record<string, string>> = {
  agents: 'Agents',
  assignments: 'Ownership',
  attestations: 'Attestations',
  bindings: 'Bindings',
  campaigns: 'Campaigns',
  contracts: 'Contracts',
  delegations: 'Delegations',
  exceptions: 'Exceptions',
  gaps: 'Gaps',
  imports: 'Imports',
  ownership: 'Mending',
  parity: 'Parity runs',
  people: 'People',
  points: 'Enforcement points',
  remediations: 'Remediations',
  reviews: 'Reviews',
  settings: 'Policy',
  succession: 'Succession',
  teams: 'Teams',
  tokens: 'API tokens',
  tools: 'Tools',
}

/** The actions a filter offers: groups first, then each by itself. */
export function actionChoices(): { value: string; label: string }[] {
  const groups = Object.entries(groupTitles).map(([group, title]) => ({ value: `${group}.*`, label: `${title}: all` }))
  return [...groups, ...knownActions.map((action) => ({ value: action, label: action }))]
}

const kindTitles: Readonly<Record<string, string>> = {
  enforcement_point: 'enforcement point',
  api_token: 'API token',
  parity_run: 'parity run',
  campaign_template: 'template',
  assignment: 'ownership',
}

/** What people call a kind of subject. */
export const kindOf = (type: string): string => kindTitles[type] ?? type.replaceAll('_', ' ')

/** What a door is called. */
export const doorTitles = {
  screen: 'Screen',
  api: 'API',
  cli: 'Command line',
  import: 'Import',
  job: 'Job',
  unknown: 'Not noted',
} as const
