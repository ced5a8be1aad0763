import { LifecycleBadge } from '@/components/badges'
import { AddDelegation } from '@/components/graph/add-delegation'
import { DelegationPicture } from '@/components/graph/delegation-picture'
import { RemoveDelegation } from '@/components/graph/remove-delegation'
import { AgentLink, TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { AgentDetail } from '@/lib/registry/agents/model'
import { urls } from '@/lib/urls'
import classes from './delegations.module.css'

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
      {(agent.delegatesTo.rows.length > 0 || agent.delegatedBy.rows.length > 0) && (
        <div className={classes.picture}>
          <DelegationPicture
            agent={agent.slug}
            steps={2}
            stamp={new Date().toISOString()}
            mayRemove={mayRemove}
            size="panel"
          />
        </div>
      )}
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
            {edges.more && (
              <p>
                <TextLink href={urls.delegations({ view: 'list', agent: agent.slug })}>
                  There are more in the list
                </TextLink>
              </p>
            )}
          </section>
        ))}
      </div>
    </Panel>
  )
}
