import type { ComparedKind, How } from '@/lib/history/compare/kinds'

/** What readers see for the kinds that are compared. */
export const kindTitles: Readonly<Record<ComparedKind, string>> = {
  owner: 'Owners',
  gap: 'Gaps',
  binding: 'Bindings',
  path_step: 'Enforcement paths',
  assignment: 'Assignments',
  contract: 'Contracts',
  agent: 'Agents',
  delegation: 'Delegations',
  tool: 'Tools',
  enforcement_point: 'Enforcement points',
  team: 'Teams',
  membership: 'Team members',
  person: 'People',
}

export const howTitles: Readonly<Record<How, string>> = {
  added: 'Added',
  opened: 'Opened',
  moved: 'Moved',
  changed: 'Changed',
  gone: 'Gone',
  closed: 'Closed',
}
