import type { Random } from '@/lib/gaps/testing/random'
import type { BindingRow } from './bindings'
import type { PointRow, TeamRow } from './organisation'
import type { AgentRow, ToolRow } from './registry'
import { type DaysAgo, idOf, upTo } from './rows'

const vectorsPerContract = 10

/** Who may call whom: teams of ten around an agent that hands work out, some of which hand it on; now and then a loop. */
export function delegationsOf(agents: readonly AgentRow[], ago: DaysAgo) {
  const edges = upTo(Math.floor(agents.length / 10)).flatMap((team) => {
    const links = [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 5],
      [5, 6],
      [6, 7],
      ...(team % 20 === 0 ? [[7, 8] as const, [8, 9] as const] : []),
      ...(team % 50 === 7 ? [[3, 0] as const] : []),
    ] as const
    return links.map(([from, to]) => ({ from: agents[team * 10 + from], to: agents[team * 10 + to] }))
  })
  return edges.flatMap(({ from, to }, index) =>
    from && to
      ? [
          {
            id: idOf('delegation', index),
            from_agent_id: from.id,
            to_agent_id: to.id,
            scope: 'tickets',
            source: 'bench',
            created_at: ago(200),
          },
        ]
      : [],
  )
}

/** Seven tools in ten have a contract in force, most with decision vectors; half of those had another one before. */
export function contractsOf(random: Random, tools: readonly ToolRow[], teams: readonly TeamRow[], ago: DaysAgo) {
  const authors = teams.filter((team) => team.function === 'application' || team.function === 'pam')
  const signers = teams.filter((team) => team.function === 'iam' || team.function === 'secops')
  const rows = tools.flatMap((tool) => {
    if (!random.chance(0.7)) return []
    const states = random.chance(0.5) ? (['superseded', 'in_force'] as const) : (['in_force'] as const)
    return states.map((state, index) => ({ tool, state, version: index + 1 }))
  })
  return rows.map(({ tool, state, version }, index) => ({
    id: idOf('contract', index),
    tool_id: tool.id,
    version,
    state,
    author_team_id: random.chance(0.9) ? (authors[random.below(authors.length)]?.id ?? null) : null,
    authored_by: 'Ana Ruiz',
    signed_off_team_id: random.chance(0.8) ? (signers[random.below(signers.length)]?.id ?? null) : null,
    limits: JSON.stringify({
      actions: ['read'],
      ...(random.chance(0.7) && { vectors: upTo(vectorsPerContract).map((vector) => ({ name: `vector ${vector}` })) }),
    }),
    digest: index.toString(16).padStart(64, '0'),
    created_at: ago(100),
    updated_at: ago(100),
  }))
}
export type ContractRow = ReturnType<typeof contractsOf>[number]

/** Where the paths to each tool lead through, in the order of their ids. */
function pointsByTool(bindings: readonly BindingRow[], paths: readonly { binding_id: string; point_id: string }[]) {
  const toolOf = new Map(bindings.map((binding) => [binding.id, binding.tool_id]))
  const points = new Map<string, Set<string>>()
  for (const { binding_id, point_id } of paths) {
    const tool = toolOf.get(binding_id) ?? ''
    points.set(tool, (points.get(tool) ?? new Set()).add(point_id))
  }
  return (tool: string): string[] => [...(points.get(tool) ?? [])].sort()
}

/** What evidence is about. */
export interface Governed {
  bindings: readonly BindingRow[]
  paths: readonly { binding_id: string; point_id: string }[]
  points: readonly PointRow[]
  contracts: readonly ContractRow[]
}

/** Nine points in ten attest to a contract; some of them long ago, and some to the contract that went before. */
export function attestationsOf(random: Random, { bindings, paths, contracts }: Governed, ago: DaysAgo) {
  const pointsOf = pointsByTool(bindings, paths)
  const rows = contracts.flatMap((contract) =>
    pointsOf(contract.tool_id).flatMap((point) => (random.chance(0.9) ? [{ contract, point }] : [])),
  )
  return rows.map(({ contract, point }, index) => {
    const at = ago(contract.state === 'in_force' ? random.below(100) : 100 + random.below(100))
    return {
      id: idOf('attestation', index),
      point_id: point,
      tool_id: contract.tool_id,
      contract_id: contract.id,
      at,
      received_at: at,
      source: 'token',
      by: 'deploy pipeline',
    }
  })
}

/** Two runs of each contract in force; one tool in ten has a point that answers a vector otherwise. */
export function parityOf(random: Random, { bindings, paths, points, contracts }: Governed, ago: DaysAgo) {
  const pointsOf = pointsByTool(bindings, paths)
  const askable = new Set(points.filter((point) => point.decision_endpoint !== null).map((point) => point.id))
  const inForce = contracts.filter((contract) => contract.state === 'in_force' && contract.limits.includes('vectors'))
  const runs = inForce
    .flatMap((contract) => [30 + random.below(20), random.below(33)].map((days) => ({ contract, at: ago(days) })))
    .map(({ contract, at }, index) => ({
      id: idOf('parity_run', index),
      tool_id: contract.tool_id,
      contract_id: contract.id,
      trigger: 'schedule',
      state: 'finished',
      by: 'schedule',
      started_at: at,
      finished_at: at,
    }))
  const answers = runs.flatMap((run) => {
    const drifts = random.chance(0.1)
    const asked = pointsOf(run.tool_id).filter((point) => askable.has(point))
    return asked.flatMap((point, which) =>
      upTo(vectorsPerContract).map((vector) => ({
        run_id: run.id,
        point_id: point,
        vector,
        vector_name: `vector ${vector}`,
        expected: vector % 2 === 0,
        decision: drifts && which === 0 && vector === 3 ? true : vector % 2 === 0,
        milliseconds: 4,
      })),
    )
  })
  return { runs, answers }
}

/** One binding in two hundred without a boundary is accepted, of those a third no longer. */
export function exceptionsOf(random: Random, bindings: readonly BindingRow[], ago: DaysAgo) {
  return bindings
    .filter((binding) => binding.boundary === null && random.chance(0.02))
    .map((binding, index) => ({
      id: idOf('gap_exception', index),
      rule: 'boundary-missing',
      subject_type: 'binding',
      subject_id: binding.id,
      subject: binding.slug,
      reason: 'Migration',
      state: 'approved',
      asked_by: 'Ana Ruiz',
      decided_by: 'Ben Okafor',
      expires: ago(index % 3 === 0 ? 5 : -60),
      created_at: ago(90),
    }))
}
