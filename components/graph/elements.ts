import { type Edge, MarkerType } from '@xyflow/react'
import type { GraphEdge } from '@/lib/delegations/model'
import type { AgentNodeType } from './agent-node'
import { cardSize, type Positions } from './layout-model'
import type { useLayout } from './use-layout'
import { edgeLabel } from './words'

type Laid = NonNullable<ReturnType<typeof useLayout>>

/** The cards of the picture. Their size is said beforehand, so that only those in view are ever drawn. */
export function nodesOf(
  { graph, positions }: Laid,
  selected: string | null,
  centre: string | undefined,
): AgentNodeType[] {
  return graph.agents.map((agent) => ({
    id: agent.id,
    type: 'agent',
    position: placeOf(positions, agent.id),
    ...cardSize,
    data: { agent, isCentre: agent.slug === centre },
    selected: agent.id === selected,
  }))
}

const placeOf = (positions: Positions, id: string) => positions[id] ?? { x: 0, y: 0 }

function toneOf({ looped, tooDeep, widening }: GraphEdge): 'bad' | 'wide' | 'plain' {
  if (looped || tooDeep) return 'bad'
  return widening ? 'wide' : 'plain'
}

const colours = { bad: 'var(--p-critical)', wide: 'var(--p-high)', plain: 'var(--p-line-strong)' }

/** The lines of the picture, with a label where something widens, loops or runs too deep. */
export function edgesOf({ graph }: Laid, selected: string | null): Edge[] {
  return graph.delegations.map((delegation) => {
    const label = edgeLabel(delegation)
    const tone = toneOf(delegation)
    const isNear = selected !== null && (delegation.from === selected || delegation.to === selected)
    return {
      id: delegation.id,
      source: delegation.from,
      target: delegation.to,
      selected: delegation.id === selected,
      markerEnd: { type: MarkerType.ArrowClosed, color: colours[tone], width: 16, height: 16 },
      style: {
        stroke: isNear ? 'var(--p-accent)' : colours[tone],
        strokeWidth: delegation.id === selected || isNear ? 2.4 : tone === 'plain' ? 1.2 : 1.8,
        ...(delegation.looped && { strokeDasharray: '6 4' }),
      },
      ...(label && {
        label,
        labelStyle: { fill: colours[tone], fontSize: 11, fontWeight: 550 },
        labelBgStyle: { fill: 'var(--p-raised)' },
        labelBgPadding: [5, 2] as [number, number],
        labelBgBorderRadius: 4,
      }),
    }
  })
}
