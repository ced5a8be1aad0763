'use client'

import '@xyflow/react/dist/base.css'
import { useReducedMotion } from '@mantine/hooks'
import { Background, Controls, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useMemo } from 'react'
import { urls } from '@/lib/urls'
import { AgentNode } from './agent-node'
import { edgesOf, nodesOf } from './elements'
import classes from './graph.module.css'
import { cardSize } from './layout-model'
import type { useLayout } from './use-layout'
import { type Direction, neighbour } from './walk'
import { agentSentence } from './words'

const nodeTypes = { agent: AgentNode }
const directions: Partial<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
/** From this many agents on, a small map helps to find one's way. */
const mapFrom = 40

interface CanvasProps {
  laid: NonNullable<ReturnType<typeof useLayout>>
  /** Id of the agent or delegation that is looked at. */
  selected: string | null
  onSelect: (id: string | null) => void
  /** Slug of the agent in the middle of a neighbourhood. */
  centre?: string | undefined
}

/** The picture itself: drag to pan, wheel to zoom, arrow keys to go along the calls. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

function Flow({ laid, selected, onSelect, centre }: CanvasProps) {
  const { graph, positions } = laid
  const router = useRouter()
  const flow = useReactFlow()
  const helpId = useId()
  const duration = useReducedMotion() ? 0 : 200
  const nodes = useMemo(() => nodesOf(laid, selected, centre), [laid, selected, centre])
  const edges = useMemo(() => edgesOf(laid, selected), [laid, selected])
  const agent = graph.agents.find(({ id }) => id === selected)
  const place = agent && positions[agent.id]

  // Whatever selects an agent, by key, by search or from the list beside, brings it into view.
  useEffect(() => {
    if (!place) return
    const zoom = Math.max(flow.getZoom(), 0.7)
    flow.setCenter(place.x + cardSize.width / 2, place.y + cardSize.height / 2, { zoom, duration })
  }, [place, flow, duration])

  function onKeyDown(event: KeyboardEvent) {
    const direction = directions[event.key]
    if (event.key === 'Enter' && agent) router.push(urls.agent(agent.slug))
    else if (event.key === 'Escape') onSelect(null)
    else if (direction) {
      event.preventDefault()
      const start = graph.agents.find(({ slug }) => slug === centre) ?? graph.agents[0]
      const to = agent ? neighbour(agent.id, direction, { positions, delegations: graph.delegations }) : start?.id
      if (to) onSelect(to)
    }
  }

  const callers = graph.delegations.filter(({ to }) => to === selected).length
  const calls = graph.delegations.filter(({ from }) => from === selected).length
  return (
    <>
      <div className={classes.canvas}>
        <ReactFlow
          tabIndex={0}
          aria-label="Delegation graph"
          aria-describedby={helpId}
          onKeyDown={onKeyDown}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          onNodeClick={(_, { id }) => onSelect(id)}
          onEdgeClick={(_, { id }) => onSelect(id)}
          onPaneClick={() => onSelect(null)}
          onNodeDoubleClick={(_, { data }) => router.push(urls.agent(data.agent.slug))}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          onlyRenderVisibleElements
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
          minZoom={0.04}
          maxZoom={1.6}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={22} size={1} color="var(--p-line)" bgColor="var(--p-surface)" />
          <Controls showInteractive={false} className={classes.controls ?? ''} />
          {graph.agents.length >= mapFrom && (
            <MiniMap
              pannable
              zoomable
              ariaLabel="Map of the whole picture"
              className={classes.map}
              nodeColor="var(--p-line-strong)"
              maskColor="color-mix(in srgb, var(--p-surface) 70%, transparent)"
              bgColor="var(--p-raised)"
            />
          )}
        </ReactFlow>
      </div>
      <p id={helpId} className={classes.help}>
        Arrow keys go along the calls, Enter opens the agent. Drag to move, scroll to zoom.
      </p>
      <span role="status" className="visually-hidden">
        {agent && agentSentence(agent, calls, callers)}
      </span>
    </>
  )
}
