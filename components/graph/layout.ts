import { graphlib, layout } from '@dagrejs/dagre'

/** The size of an agent's card in the picture: known beforehand, so that nothing has to be measured. */
export const cardSize = { width: 196, height: 54 } as const

export interface LayoutInput {
  agents: readonly string[]
  delegations: readonly { from: string; to: string }[]
}

/** Top left corner of each agent's card, by id. */
export type Positions = Record<string, { x: number; y: number }>

/** Lays agents out in call order from left to right. Pure, and slow for hundreds: it runs in a worker. */
export function layOut({ agents, delegations }: LayoutInput): Positions {
  const graph = new graphlib.Graph()
  // The tight tree is three times as quick as the default and as readable.
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 96, ranker: 'tight-tree' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of agents) graph.setNode(id, { ...cardSize })
  for (const { from, to } of delegations) if (from !== to) graph.setEdge(from, to)
  layout(graph)
  return Object.fromEntries(
    agents.map((id) => {
      const { x = 0, y = 0 } = graph.node(id)
      return [id, { x: x - cardSize.width / 2, y: y - cardSize.height / 2 }]
    }),
  )
}
