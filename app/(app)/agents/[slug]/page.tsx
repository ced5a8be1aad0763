import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { LifecycleBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { CertificationHistory } from '@/components/recertification/certification-history'
import { AssignOwner } from '@/components/registry/assign-owner'
import { AssignmentList } from '@/components/registry/assignment-list'
import { Columns, Stacked } from '@/components/registry/columns'
import { GapList } from '@/components/registry/gap-list'
import { Origin } from '@/components/registry/origin'
import { OwnerGrid } from '@/components/registry/owner-grid'
import { RestrictedMark } from '@/components/registry/restricted'
import { mayHandOn } from '@/components/registry/viewer'
import { pageActor, pageMay, read } from '@/lib/http/page-data'
import { slugSchema } from '@/lib/registry/model'
import { mayRestrict } from '@/lib/registry/restricted'
import { urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { unnamedLayers } from '../../unnamed-layers'
import { readViewer } from '../../viewer'
import { AgentActions } from './agent-actions'
import { AgentFacts } from './agent-facts'
import { Delegations } from './delegations'

interface Props {
  params: Promise<{ slug: string }>
}

const agentAt = cache(async (slug: string) => {
  if (!slugSchema.safeParse(slug).success) notFound()
  return await read('agents.get', { slug })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await agentAt((await params).slug)).name }
}

export default async function AgentPage({ params }: Props) {
  const agent = await agentAt((await params).slug)
  const { slug, name } = agent
  const [viewer, mayAssign, mayEdit, mayMove, mayBind, mayDelegate, mayUndelegate] = await Promise.all([
    readViewer(),
    pageMay('assignments.create'),
    pageMay('agents.update'),
    pageMay('agents.transition'),
    pageMay('bindings.create'),
    pageMay('delegations.create'),
    pageMay('delegations.remove'),
  ])
  const bindings = agent.bindings.rows.map((binding) => ({ ...binding, agent: { slug, name } }))
  const unnamed = unnamedLayers('agent', agent.assignments.rows)
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Agents', href: urls.agents() }]}
        badges={
          <>
            <LifecycleBadge lifecycle={agent.lifecycle} />
            {agent.restricted && <RestrictedMark />}
          </>
        }
        meta={<Origin slug={slug} source={agent.source} lastSeenAt={agent.lastSeenAt} />}
        actions={
          <AgentActions
            agent={agent}
            mayEdit={mayEdit}
            mayMove={mayMove}
            mayBind={mayBind}
            mayRestrict={mayRestrict(await pageActor())}
          />
        }
      />
      <Stacked>
        <Columns>
          <AgentFacts agent={agent} />
          <Stacked>
            <GapList
              gaps={agent.gaps}
              href={urls.gaps({ agent: slug })}
              none="Nothing to mend on this agent. Gaps of the tools it calls count in the table below."
            />
            <Panel
              title="Owners named for this agent"
              aside={
                unnamed.length > 0 && (
                  <AssignOwner
                    items={unnamed.map(({ id: layer }) => ({ layer, subjects: { agent: { slug, name } } }))}
                    can={mayAssign === true ? mayHandOn(null, viewer) : mayAssign}
                    label={`Name ${unnamed.map(({ title }) => title.toLowerCase()).join(', ')}`}
                  />
                )
              }
              flush
            >
              <AssignmentList
                assignments={agent.assignments}
                viewer={viewer}
                none="Nobody is named for the agent itself; its bindings inherit from wider assignments or have none."
              />
            </Panel>
          </Stacked>
        </Columns>
        <Panel
          title={`Bindings and their owners${bindings.length > 0 ? ` (${bindings.length}${agent.bindings.more ? '+' : ''})` : ''}`}
          aside={<TextLink href={urls.matrix({ agent: slug })}>Open in the matrix</TextLink>}
          flush
        >
          <OwnerGrid
            of="agent"
            bindings={bindings}
            viewer={viewer}
            mayAssign={mayAssign}
            none="It may call no tool yet."
          />
        </Panel>
        <Delegations agent={agent} mayAdd={mayDelegate} mayRemove={mayUndelegate} />
        <CertificationHistory entries={agent.certificationHistory} />
        <HistoryOf about={`agent:${slug}`} />
      </Stacked>
    </>
  )
}
