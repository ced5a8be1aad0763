import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { AssignOwner } from '@/components/registry/assign-owner'
import { AssignmentList } from '@/components/registry/assignment-list'
import { Columns, Stacked } from '@/components/registry/columns'
import { GapList } from '@/components/registry/gap-list'
import { Origin } from '@/components/registry/origin'
import { mayHandOn } from '@/components/registry/viewer'
import { pageMay, read } from '@/lib/http/page-data'
import { enforcementLayer } from '@/lib/layers'
import { slugSchema } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { readViewer } from '../../viewer'
import { AttestedTools } from './attested-tools'
import { EndpointPanel } from './endpoint-panel'
import { PointActions } from './point-actions'
import { PointBindings } from './point-bindings'
import { PointFacts } from './point-facts'
import { PointTools } from './point-tools'

interface Props {
  params: Promise<{ slug: string }>
}

const pointAt = cache(async (slug: string) => {
  if (!slugSchema.safeParse(slug).success) notFound()
  return await read('points.get', { slug })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await pointAt((await params).slug)).name }
}

export default async function EnforcementPointPage({ params }: Props) {
  const point = await pointAt((await params).slug)
  const { id, slug, name } = point
  const [standings, viewer, mayAssign, mayEdit, mayRoute] = await Promise.all([
    read('attestations.standing', { point: slug }),
    readViewer(),
    pageMay('assignments.create'),
    pageMay('points.update'),
    pageMay('bindings.route'),
  ])
  const owner = point.assignments.rows.find(({ state }) => state !== 'declined') ?? null
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Enforcement points', href: urls.enforcementPoints() }]}
        meta={<Origin slug={slug} source={point.source} lastSeenAt={point.lastSeenAt} />}
        actions={<PointActions point={point} mayEdit={mayEdit} />}
      />
      <Stacked>
        <Columns>
          <Stacked>
            <PointFacts point={point} />
            <EndpointPanel point={point} mayEdit={mayEdit} />
            {point.kind === 'application' && <PointTools slug={slug} tools={point.tools} />}
          </Stacked>
          <Stacked>
            <Panel
              title="Owner of enforcement here"
              aside={
                <AssignOwner
                  items={[
                    {
                      layer: enforcementLayer,
                      subjects: { enforcement_point: { slug, name } },
                      cell: { source: owner && 'enforcement_point', assignmentId: owner?.id ?? null },
                    },
                  ]}
                  can={mayAssign === true ? mayHandOn(owner, viewer) : mayAssign}
                  label={owner ? 'Change owner' : 'Name owner'}
                />
              }
              flush
            >
              <AssignmentList
                assignments={point.assignments}
                viewer={viewer}
                none={
                  point.kind === 'application'
                    ? 'Nobody is named here. Enforcement of its tools is owned by whoever is named on each of them, or by nobody.'
                    : 'Nobody is named here. Who runs it has not yet taken on that the limit is honoured.'
                }
              />
            </Panel>
            <GapList
              gaps={point.gaps}
              none="Nothing to mend about who is named here. Gaps of the bindings that pass it are shown on those."
            />
          </Stacked>
        </Columns>
        <AttestedTools point={{ slug, name }} standings={standings} />
        <PointBindings slug={slug} name={name} bindings={point.bindings} mayRoute={mayRoute} />
        <HistoryOf about={`enforcement_point:${id}`} />
      </Stacked>
    </>
  )
}
