import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { LifecycleBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
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
import { ContractPanel } from './contract-panel'
import { ToolActionList } from './tool-action-list'
import { ToolActions } from './tool-actions'
import { ToolFacts } from './tool-facts'

interface Props {
  params: Promise<{ slug: string }>
}

const toolAt = cache(async (slug: string) => {
  if (!slugSchema.safeParse(slug).success) notFound()
  return await read('tools.get', { slug })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await toolAt((await params).slug)).name }
}

export default async function ToolPage({ params }: Props) {
  const tool = await toolAt((await params).slug)
  const { slug, name } = tool
  const [application, contracts, standings, viewer, mayAssign, mayEdit, mayBind, mayContract] = await Promise.all([
    tool.application && read('points.get', { slug: tool.application.slug }),
    read('contracts.list', { tool: slug, limit: 3 }),
    read('attestations.standing', { tool: slug }),
    readViewer(),
    pageMay('assignments.create'),
    pageMay('tools.update'),
    pageMay('bindings.create'),
    pageMay('contracts.create'),
  ])
  const bindings = tool.bindings.rows.map((binding) => ({ ...binding, tool: { slug, name } }))
  const unnamed = unnamedLayers('tool', tool.assignments.rows)
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Tools', href: urls.tools() }]}
        badges={
          <>
            <LifecycleBadge lifecycle={tool.lifecycle} />
            {tool.restricted && <RestrictedMark />}
          </>
        }
        meta={<Origin slug={slug} source={tool.source} lastSeenAt={tool.lastSeenAt} />}
        actions={
          <ToolActions tool={tool} mayEdit={mayEdit} mayBind={mayBind} mayRestrict={mayRestrict(await pageActor())} />
        }
      />
      <Stacked>
        <Columns>
          <ToolFacts tool={tool} application={application} />
          <Stacked>
            <GapList
              gaps={tool.gaps}
              href={urls.gaps({ tool: slug })}
              none="Nothing to mend on this tool. Gaps of the agents that call it count in the table below."
            />
            <Panel
              title="Owners named for this tool"
              aside={
                unnamed.length > 0 && (
                  <AssignOwner
                    items={unnamed.map(({ id: layer }) => ({ layer, subjects: { tool: { slug, name } } }))}
                    can={mayAssign === true ? mayHandOn(null, viewer) : mayAssign}
                    label={`Name ${unnamed.map(({ title }) => title.toLowerCase()).join(', ')}`}
                  />
                )
              }
              flush
            >
              <AssignmentList
                assignments={tool.assignments}
                viewer={viewer}
                none="Nobody is named for the tool itself; its bindings inherit from wider assignments or have none."
              />
            </Panel>
          </Stacked>
        </Columns>
        <Panel
          title={`Bindings and their owners${bindings.length > 0 ? ` (${bindings.length}${tool.bindings.more ? '+' : ''})` : ''}`}
          aside={<TextLink href={urls.matrix({ tool: slug })}>Open in the matrix</TextLink>}
          flush
        >
          <OwnerGrid
            of="tool"
            bindings={bindings}
            viewer={viewer}
            mayAssign={mayAssign}
            none="No agent may call it yet."
          />
        </Panel>
        <ContractPanel tool={tool} contracts={contracts} standings={standings.rows} mayCreate={mayContract} />
        <ToolActionList actions={tool.actions} />
        <HistoryOf about={`tool:${slug}`} />
      </Stacked>
    </>
  )
}
