import type { Random } from '@/lib/gaps/testing/random'
import { type LayerId, layerIds, layerOf } from '@/lib/layers'
import type { AssignmentState, OwnershipScope } from '@/lib/ownership/model'
import type { BindingRow } from './bindings'
import type { PersonRow, PointRow, TeamRow } from './organisation'
import type { AgentRow, ToolRow } from './registry'
import { type DaysAgo, idOf } from './rows'

/** What may be owned. */
export interface Subjects {
  people: readonly PersonRow[]
  teams: readonly TeamRow[]
  agents: readonly AgentRow[]
  tools: readonly ToolRow[]
  points: readonly PointRow[]
  bindings: readonly BindingRow[]
}

interface Cell {
  layer: LayerId
  scope: OwnershipScope
  subject: string | null
}

/**
 * How likely it is that a layer is set on a subject of a scope. Two layers are owned for the whole organisation and
 * now and then more closely, two on their natural anchors with holes, enforcement on tools and their applications.
 */
const density: Record<LayerId, Partial<Record<OwnershipScope, number>>> = {
  identity: { organisation: 1, agent: 0.15, tool: 0.1, binding: 0.005 },
  entitlement: { agent: 0.85, tool: 0.05, binding: 0.01 },
  privilege: { tool: 0.85, agent: 0.03, binding: 0.01 },
  enforcement: { tool: 0.5, enforcement_point: 0.6, binding: 0.005 },
  monitoring: { organisation: 1, agent: 0.2, binding: 0.005 },
}

function* cellsOf({ agents, tools, points, bindings }: Subjects): Generator<Cell> {
  const applications = points.filter((point) => point.kind === 'application')
  for (const layer of layerIds) {
    yield { layer, scope: 'organisation', subject: null }
    for (const { id } of agents) yield { layer, scope: 'agent', subject: id }
    for (const { id } of tools) yield { layer, scope: 'tool', subject: id }
    for (const { id } of applications) yield { layer, scope: 'enforcement_point', subject: id }
    for (const { id } of bindings) yield { layer, scope: 'binding', subject: id }
  }
}

/** Owners: most accepted, some proposed (in time or late), declined, ended, or ended and followed by another. */
export function assignmentsOf(random: Random, subjects: Subjects, ago: DaysAgo) {
  const candidates = new Map(layerIds.map((layer) => [layer, candidatesFor(layer, subjects.teams)]))
  const rows: AssignmentRow[] = []
  for (const cell of cellsOf(subjects)) {
    if (!random.chance(density[cell.layer][cell.scope] ?? 0)) continue
    const since = 30 + random.below(300)
    const states = cell.scope === 'organisation' ? (['accepted'] as const) : statesOf(random)
    for (const state of states) {
      rows.push(rowOf(random, rows.length, cell, state, since, candidates.get(cell.layer) ?? [], subjects.people, ago))
    }
  }
  return rows
}

function statesOf(random: Random): readonly AssignmentState[] {
  if (random.chance(0.84)) return ['accepted']
  return random.pick<readonly AssignmentState[]>([
    ['proposed'],
    ['proposed'],
    ['declined'],
    ['ended'],
    ['ended', 'accepted'],
    ['declined', 'proposed'],
  ])
}

/** The teams that may take a layer on: those whose function it is, and one in ten of the others. */
function candidatesFor(layer: LayerId, teams: readonly TeamRow[]): readonly TeamRow[] {
  return teams.filter((team, index) => team.function === layerOf(layer).usualFunction || index % 10 === 7)
}

function rowOf(
  random: Random,
  index: number,
  { layer, scope, subject }: Cell,
  state: AssignmentState,
  since: number,
  candidates: readonly TeamRow[],
  people: readonly PersonRow[],
  ago: DaysAgo,
) {
  const active = candidates.filter((team) => team.status === 'active')
  const choice = scope === 'organisation' ? active : candidates
  // A declined or ended one came before what stands there now.
  const begun = state === 'declined' || state === 'ended' ? since + 60 : since
  const proposedAt = state === 'proposed' && random.chance(0.5) ? ago(random.below(10)) : ago(begun)
  const decided = state === 'accepted' || state === 'declined'
  return {
    id: idOf('assignment', index),
    layer,
    scope,
    agent_id: scope === 'agent' ? subject : null,
    tool_id: scope === 'tool' ? subject : null,
    point_id: scope === 'enforcement_point' ? subject : null,
    binding_id: scope === 'binding' ? subject : null,
    team_id: choice[random.below(choice.length)]?.id ?? idOf('team', 0),
    person_id: random.chance(0.4) ? (people[random.below(people.length)]?.id ?? null) : null,
    state,
    valid_from: ago(begun),
    valid_to: state === 'ended' ? ago(since + 1) : null,
    proposed_at: proposedAt,
    set_by: 'Ana Ruiz',
    reason: 'Named when the layer was looked at',
    decided_at: decided ? ago(begun - 2) : null,
    decided_by: decided ? 'Ben Okafor' : null,
    decision_reason: state === 'declined' ? 'Not ours' : null,
    source: 'bench',
  }
}
type AssignmentRow = ReturnType<typeof rowOf>
