import type { Estate, EstateCollection } from './estate/model'

type Entity<C extends EstateCollection> = Estate[C][number]

/** What names an entity of each collection: two entities with one key are the same thing. Used for duplicates and for the diff. */
export const keyOf: { readonly [C in EstateCollection]: (entity: Entity<C>) => string } = {
  people: (person) => person.id,
  teams: (team) => team.slug,
  enforcementPoints: (point) => point.slug,
  agents: (agent) => agent.slug,
  tools: (tool) => tool.slug,
  bindings: (binding) => `${binding.agent}/${binding.tool}@${binding.environment}`,
  delegations: (delegation) => `${delegation.from}->${delegation.to}`,
  owners: (owner) => `${owner.layer}:${owner.scope}:${owner.subject ?? ''}`,
  contracts: (contract) => `${contract.tool}@v${contract.version}`,
  attestations: (attestation) => `${attestation.point}/${attestation.tool}@v${attestation.contractVersion}`,
  parityRuns: (run) => `${run.tool}@v${run.contractVersion}#${run.at.toISOString()}`,
  exceptions: ({ rule, subject, layer, point }) =>
    `${rule}:${subject}:${layer ?? ''}${point === undefined ? '' : `:${point}`}`,
}

/** What people call one entity of each collection. */
export const entityNoun: Readonly<Record<EstateCollection, string>> = {
  people: 'person',
  teams: 'team',
  enforcementPoints: 'enforcement point',
  agents: 'agent',
  tools: 'tool',
  bindings: 'binding',
  delegations: 'delegation',
  owners: 'owner',
  contracts: 'contract',
  attestations: 'attestation',
  parityRuns: 'parity run',
  exceptions: 'exception',
}

/** One entity in words, such as `agent "support-bot"`. */
export function describeEntityKey<C extends EstateCollection>(collection: C, entity: Entity<C>): string {
  return `${entityNoun[collection]} "${keyOf[collection](entity)}"`
}
