import type { Estate, EstateCollection } from './model'

/** A name by which one entity of an estate refers to another; `key` undefined where it does not. */
export interface Reference {
  collection: EstateCollection
  index: number
  field: string
  target: EstateCollection
  key: string | undefined
}

const ownedCollection = {
  agent: 'agents',
  tool: 'tools',
  enforcement_point: 'enforcementPoints',
  binding: 'bindings',
} as const satisfies Record<string, EstateCollection>

/** Every name by which one entity of the estate refers to another. */
export function* referencesOf(estate: Estate): Generator<Reference> {
  for (const [index, person] of estate.people.entries()) {
    yield { collection: 'people', index, field: 'manager', target: 'people', key: person.manager }
  }
  for (const [index, team] of estate.teams.entries()) {
    for (const [at, member] of (team.members ?? []).entries()) {
      yield { collection: 'teams', index, field: `members[${at}].person`, target: 'people', key: member.person }
    }
  }
  for (const [index, point] of estate.enforcementPoints.entries()) {
    yield { collection: 'enforcementPoints', index, field: 'team', target: 'teams', key: point.team }
  }
  for (const [index, agent] of estate.agents.entries()) {
    yield { collection: 'agents', index, field: 'sponsor', target: 'people', key: agent.sponsor }
  }
  for (const [index, tool] of estate.tools.entries()) {
    yield { collection: 'tools', index, field: 'application', target: 'enforcementPoints', key: tool.application }
  }
  for (const [index, binding] of estate.bindings.entries()) {
    const at = { collection: 'bindings', index } as const
    yield { ...at, field: 'agent', target: 'agents', key: binding.agent }
    yield { ...at, field: 'tool', target: 'tools', key: binding.tool }
    yield { ...at, field: 'intent.approvedBy', target: 'people', key: binding.intent?.approvedBy }
    yield { ...at, field: 'allowlist.reviewedBy', target: 'people', key: binding.allowlist?.reviewedBy }
    for (const [step, { point }] of (binding.path ?? []).entries()) {
      yield { ...at, field: `path[${step}].point`, target: 'enforcementPoints', key: point }
    }
  }
  for (const [index, delegation] of estate.delegations.entries()) {
    yield { collection: 'delegations', index, field: 'from', target: 'agents', key: delegation.from }
    yield { collection: 'delegations', index, field: 'to', target: 'agents', key: delegation.to }
  }
  for (const [index, owner] of estate.owners.entries()) {
    const at = { collection: 'owners', index } as const
    yield { ...at, field: 'team', target: 'teams', key: owner.team }
    yield { ...at, field: 'replaces', target: 'teams', key: owner.replaces }
    yield { ...at, field: 'person', target: 'people', key: owner.person }
    for (const [place, deputy] of (owner.deputies ?? []).entries()) {
      yield { ...at, field: `deputies[${place}]`, target: 'people', key: deputy }
    }
    if (owner.scope !== 'organisation') {
      yield { ...at, field: 'subject', target: ownedCollection[owner.scope], key: owner.subject }
    }
  }
  for (const [index, contract] of estate.contracts.entries()) {
    const at = { collection: 'contracts', index } as const
    yield { ...at, field: 'tool', target: 'tools', key: contract.tool }
    yield { ...at, field: 'author', target: 'teams', key: contract.author }
    yield { ...at, field: 'signedOffBy.person', target: 'people', key: contract.signedOffBy?.person }
    yield { ...at, field: 'signedOffBy.team', target: 'teams', key: contract.signedOffBy?.team }
  }
  for (const [index, attestation] of estate.attestations.entries()) {
    const at = { collection: 'attestations', index } as const
    yield { ...at, field: 'point', target: 'enforcementPoints', key: attestation.point }
    yield { ...at, field: 'tool', target: 'tools', key: attestation.tool }
    yield {
      ...at,
      field: 'contractVersion',
      target: 'contracts',
      key: `${attestation.tool}@v${attestation.contractVersion}`,
    }
    yield { ...at, field: 'by', target: 'people', key: attestation.by }
  }
  for (const [index, run] of estate.parityRuns.entries()) {
    const at = { collection: 'parityRuns', index } as const
    yield { ...at, field: 'tool', target: 'tools', key: run.tool }
    yield { ...at, field: 'contractVersion', target: 'contracts', key: `${run.tool}@v${run.contractVersion}` }
    for (const [answer, { point }] of run.answers.entries()) {
      yield { ...at, field: `answers[${answer}].point`, target: 'enforcementPoints', key: point }
    }
  }
  for (const [index, exception] of estate.exceptions.entries()) {
    const at = { collection: 'exceptions', index } as const
    yield { ...at, field: 'approver', target: 'people', key: exception.approver }
    yield { ...at, field: 'point', target: 'enforcementPoints', key: exception.point }
  }
}
