import { LifecycleBadge } from '@/components/badges'
import { AgentLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { AgentDetail } from '@/lib/registry/agents/model'
import { AddDelegation } from './add-delegation'
import classes from './delegations.module.css'
import { RemoveDelegation } from './remove-delegation'

interface DelegationsProps {
  agent: AgentDetail
  mayAdd: true | string
  mayRemove: true | string
}

/** Which agents this one calls, and which call it. */
export function Delegations({ agent, mayAdd, mayRemove }: DelegationsProps) {
  const ends = [
    { title: 'Calls', edges: agent.delegatesTo, none: 'It calls no other agent.' },
    { title: 'Is called by', edges: agent.delegatedBy, none: 'No other agent calls it.' },
  ]
  return (
    <Panel title="Delegations" aside={<AddDelegation agent={agent} can={mayAdd} />} flush>
      <div className={classes.ends}>
        {ends.map(({ title, edges, none }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {edges.rows.length === 0 && <p>{none}</p>}
            <ul>
              {edges.rows.map(({ id, agent: other, scope }) => (
                <li key={id}>
                  <AgentLink slug={other.slug} name={other.name} />
                  {other.lifecycle !== 'active' && <LifecycleBadge lifecycle={other.lifecycle} />}
                  <span className={classes.scope} title={scope}>
                    {scope}
                  </span>
                  <RemoveDelegation id={id} name={other.name} can={mayRemove} />
                </li>
              ))}
            </ul>
            {edges.more && <p>There are more; the API lists them all.</p>}
          </section>
        ))}
      </div>
    </Panel>
  )
}
