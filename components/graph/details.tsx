'use client'

import { Button } from '@mantine/core'
import { IconRepeat, IconStairsDown, IconUnlink } from '@tabler/icons-react'
import type { DelegationGraph, GraphAgent, GraphEdge } from '@/lib/delegations/model'
import { layers } from '@/lib/layers'
import { urls } from '@/lib/urls'
import { LifecycleBadge } from '../badges'
import { LayerIcon } from '../layer-icon'
import { AgentLink, LinkButton, TextLink } from '../links'
import { ownerStatusTitles } from '../owner-status'
import classes from './graph.module.css'
import { RemoveDelegation } from './remove-delegation'
import { StatusIcon } from './status-icon'
import { Wider } from './wider'
import { edgeMarks } from './words'

interface DetailsProps {
  graph: DelegationGraph
  selected: string | null
  onSelect: (id: string | null) => void
  mayRemove: true | string
}

/** What is known about the agent or delegation that was chosen in the picture. */
export function Details({ graph, selected, onSelect, mayRemove }: DetailsProps) {
  const agent = graph.agents.find(({ id }) => id === selected)
  const delegation = graph.delegations.find(({ id }) => id === selected)
  return (
    <aside className={classes.details} aria-label="Details">
      {agent && <AgentDetails agent={agent} graph={graph} onSelect={onSelect} />}
      {delegation && (
        <DelegationDetails delegation={delegation} graph={graph} onSelect={onSelect} mayRemove={mayRemove} />
      )}
      {!agent && !delegation && <Overview graph={graph} onSelect={onSelect} />}
    </aside>
  )
}

type Part = Pick<DetailsProps, 'graph' | 'onSelect'>

const shownMax = 12

function Overview({ graph, onSelect }: Part) {
  const marked = graph.delegations.filter((edge) => edgeMarks(edge).length > 0)
  return (
    <>
      <h3>Where to look</h3>
      {marked.length === 0 ? (
        <p className={classes.quiet}>Nothing widens, loops or runs too deep. Choose an agent to see whom it calls.</p>
      ) : (
        <Edges edges={marked} graph={graph} onSelect={onSelect} name="both" />
      )}
    </>
  )
}

function AgentDetails({ agent, graph, onSelect }: Part & { agent: GraphAgent }) {
  const ends = [
    { title: 'Calls', edges: graph.delegations.filter(({ from }) => from === agent.id), name: 'to' as const },
    { title: 'Is called by', edges: graph.delegations.filter(({ to }) => to === agent.id), name: 'from' as const },
  ]
  return (
    <>
      <h3>
        <AgentLink slug={agent.slug} name={agent.name} />
      </h3>
      <p className={classes.line}>
        <LifecycleBadge lifecycle={agent.lifecycle} />
        <LinkButton href={urls.delegations({ agent: agent.slug })} size="compact-xs" variant="default">
          Only its neighbourhood
        </LinkButton>
      </p>
      {agent.hole && (
        <p className={classes.bad}>
          <IconUnlink size={14} aria-hidden />
          <span>
            {agent.hole.explanation} <TextLink href={urls.gap(agent.hole.id)}>Open the gap</TextLink>
          </span>
        </p>
      )}
      <h4>Worst of each layer</h4>
      {agent.worst === null ? (
        <p className={classes.quiet}>It has no active binding.</p>
      ) : (
        <ul>
          {layers.map(({ id }) => {
            const status = agent.layers[id]
            return (
              <li key={id} className={classes.line}>
                <LayerIcon layer={id} label />
                <span className={classes.line} style={{ marginLeft: 'auto' }}>
                  <StatusIcon status={status ?? null} size={13} />
                  {status ? ownerStatusTitles[status] : 'No binding'}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {ends.map(({ title, edges, name }) => (
        <section key={title} aria-label={title}>
          <h4>
            {title} ({edges.length})
          </h4>
          <Edges edges={edges} graph={graph} onSelect={onSelect} name={name} />
        </section>
      ))}
    </>
  )
}

/** Delegations as buttons: each leads to the details of its own. */
function Edges({ edges, graph, onSelect, name }: Part & { edges: readonly GraphEdge[]; name: 'from' | 'to' | 'both' }) {
  const nameOf = (id: string) => graph.agents.find((agent) => agent.id === id)?.name ?? 'an agent'
  const words = ({ from, to }: GraphEdge) =>
    name === 'both' ? `${nameOf(from)} → ${nameOf(to)}` : nameOf(name === 'to' ? to : from)
  return (
    <ul>
      {edges.slice(0, shownMax).map((edge) => (
        <li key={edge.id}>
          <Button
            variant="subtle"
            size="compact-xs"
            maw="100%"
            px={4}
            ml={-4}
            title={words(edge)}
            onClick={() => onSelect(edge.id)}
            aria-label={`Delegation ${nameOf(edge.from)} to ${nameOf(edge.to)}`}
          >
            {words(edge)}
          </Button>
          {edgeMarks(edge).length > 0 && <div className={classes.wide}>{edgeMarks(edge).join(', ')}</div>}
        </li>
      ))}
      {edges.length > shownMax && <li className={classes.quiet}>and {edges.length - shownMax} more</li>}
    </ul>
  )
}

function DelegationDetails({
  delegation,
  graph,
  onSelect,
  mayRemove,
}: Part & { delegation: GraphEdge; mayRemove: true | string }) {
  const { id, from, to, scope, widening, looped, tooDeep } = delegation
  const caller = graph.agents.find((agent) => agent.id === from)
  const called = graph.agents.find((agent) => agent.id === to)
  if (!caller || !called) return null
  return (
    <>
      <h3>
        {caller.name} → {called.name}
      </h3>
      <p className={classes.line}>
        {[caller, called].map((agent) => (
          <Button key={agent.id} size="compact-xs" variant="default" maw="100%" onClick={() => onSelect(agent.id)}>
            {agent.name}
          </Button>
        ))}
      </p>
      <h4>Scope</h4>
      <p>{scope || <span className={classes.quiet}>Nobody has said for what.</span>}</p>
      {looped && (
        <p className={classes.bad}>
          <IconRepeat size={14} aria-hidden /> It lies on a loop: what is delegated comes back to where it began.
        </p>
      )}
      {tooDeep && (
        <p className={classes.bad}>
          <IconStairsDown size={14} aria-hidden /> The chain is deeper than the {graph.depthMax} delegations that the
          policy allows.
        </p>
      )}
      <h4>{widening ? `What ${called.name} can do that ${caller.name} cannot` : 'Privilege'}</h4>
      <Wider widening={widening} long />
      <p style={{ marginTop: 14 }}>
        <RemoveDelegation id={id} name={called.name} can={mayRemove} />
      </p>
    </>
  )
}
