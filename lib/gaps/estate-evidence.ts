import { toJson } from '@/lib/audit/model'
import { limitsDigest } from '@/lib/contracts/digest'
import type { Estate } from '@/lib/importers/estate/model'
import { keyOf } from '@/lib/importers/keys'
import { assignmentName } from '@/lib/ownership/model'
import { disagreement, disagreementsNamedMax } from './disagreement'
import { isOfRegistry, type RegistrySubjectType } from './model'
import type { AttestationFact, ContractFact, DelegationFact, ExceptionFact, ParityFact, Picture } from './picture'
import { findRule } from './rules'

type Evidence = Pick<Picture, 'delegations' | 'contracts' | 'attestations' | 'parities' | 'exceptions'>
type Registry = Omit<Picture, keyof Evidence>

/** What an estate says of delegations, contracts, attestations, parity runs and exceptions, as facts; ids are its own names. */
export function evidenceFromEstate(estate: Estate, registry: Registry): Evidence {
  const contracts = contractsOf(estate, registry)
  return {
    delegations: delegationsOf(estate, registry),
    contracts,
    attestations: attestationsOf(estate, registry, contracts),
    parities: paritiesOf(estate, registry, contracts),
    exceptions: exceptionsOf(estate, registry),
  }
}

function delegationsOf({ delegations }: Estate, { agents }: Registry): Map<string, DelegationFact> {
  return mapOf(
    delegations.flatMap((delegation) =>
      agents.has(delegation.from) && agents.has(delegation.to)
        ? [{ id: keyOf.delegations(delegation), fromAgentId: delegation.from, toAgentId: delegation.to }]
        : [],
    ),
  )
}

function contractsOf({ contracts }: Estate, { tools, teams }: Registry): Map<string, ContractFact> {
  const team = (slug: string | undefined) => (slug !== undefined && teams.has(slug) ? slug : null)
  return mapOf(
    contracts.flatMap((contract) =>
      tools.has(contract.tool)
        ? [
            {
              id: keyOf.contracts(contract),
              toolId: contract.tool,
              version: contract.version,
              state: contract.state,
              authorTeamId: team(contract.author),
              signedOffTeamId: team(contract.signedOffBy?.team),
              digest: limitsDigest(toJson(contract.limits ?? {})),
              vectorCount: contract.limits?.vectors?.length ?? 0,
            },
          ]
        : [],
    ),
  )
}

/** The latest of each point and tool counts, of two at one time the one that is told later. */
function attestationsOf(
  { attestations }: Estate,
  { points, tools }: Registry,
  contracts: ReadonlyMap<string, ContractFact>,
): Map<string, AttestationFact> {
  const latest = new Map<string, AttestationFact>()
  for (const { point, tool, contractVersion, at } of attestations) {
    const contract = contracts.get(`${tool}@v${contractVersion}`)
    if (!contract || !points.has(point) || !tools.has(tool)) continue
    const id = `${point}/${tool}`
    const before = latest.get(id)
    if (before && before.at > at.getTime()) continue
    latest.set(id, { id, pointId: point, toolId: tool, digest: contract.digest, contractVersion, at: at.getTime() })
  }
  return latest
}

/** The latest run of each tool counts. */
function paritiesOf(
  { parityRuns }: Estate,
  { points, tools }: Registry,
  contracts: ReadonlyMap<string, ContractFact>,
): Map<string, ParityFact> {
  const latest = new Map<string, Estate['parityRuns'][number]>()
  for (const run of parityRuns) {
    const before = latest.get(run.tool)
    if (tools.has(run.tool) && (!before || before.at < run.at)) latest.set(run.tool, run)
  }
  return mapOf(
    [...latest.values()].flatMap((run) => {
      const digest = contracts.get(`${run.tool}@v${run.contractVersion}`)?.digest
      if (digest === undefined) return []
      const asked = [...new Set(run.answers.map(({ point }) => point))].filter((point) => points.has(point))
      return asked.map((point) => parityOf(run, point, digest))
    }),
  )
}

function parityOf(run: Estate['parityRuns'][number], point: string, digest: string): ParityFact {
  const wrong = run.answers.filter((answer) => answer.point === point && answer.decision !== answer.expected)
  return {
    id: `${run.tool}/${point}`,
    toolId: run.tool,
    pointId: point,
    askedAt: run.at.getTime(),
    digest,
    disagreements: wrong.slice(0, disagreementsNamedMax).map(disagreement),
    disagreementCount: wrong.length,
    contradictions: [],
    contradictionCount: 0,
  }
}

function exceptionsOf({ exceptions }: Estate, registry: Registry): Map<string, ExceptionFact> {
  const subjects = subjectsByName(registry)
  return mapOf(
    exceptions.flatMap((exception): ExceptionFact[] => {
      const subjectType = findRule(exception.rule)
        ?.placedOn.filter(isOfRegistry)
        .find((type) => subjects[type].has(exception.subject))
      const subjectId = subjectType && subjects[subjectType].get(exception.subject)
      if (subjectType === undefined || subjectId === undefined) return []
      return [
        {
          id: keyOf.exceptions(exception),
          rule: exception.rule,
          subjectType,
          subjectId,
          layer: exception.layer ?? null,
          pointId: exception.point ?? null,
          reason: exception.reason,
          approver: registry.people.get(exception.approver)?.name ?? exception.approver,
          expires: exception.expires.getTime(),
        },
      ]
    }),
  )
}

/** The id of everything a gap can be placed on, by the name that people and scripts know it by. */
function subjectsByName(registry: Registry): Record<RegistrySubjectType, ReadonlyMap<string, string>> {
  const named = (facts: Iterable<{ id: string; slug: string }>) => new Map([...facts].map(({ id, slug }) => [slug, id]))
  return {
    agent: named(registry.agents.values()),
    tool: named(registry.tools.values()),
    binding: named(registry.bindings.values()),
    assignment: new Map(
      [...registry.assignments.values()].map(({ id, layer, scope, subjectId }) => [
        assignmentName(layer, scope, subjectId),
        id,
      ]),
    ),
  }
}

/** The first of each id counts, as in an import. */
function mapOf<F extends { id: string }>(facts: readonly F[]): Map<string, F> {
  const map = new Map<string, F>()
  for (const fact of facts) if (!map.has(fact.id)) map.set(fact.id, fact)
  return map
}
