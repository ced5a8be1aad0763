import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Deed } from '@/components/audit/event-parts'
import { EventView } from '@/components/audit/event-view'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { deedOf } from '@/lib/audit/deeds'
import { read } from '@/lib/http/page-data'
import { idSchema } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import classes from '../audit.module.css'

interface Props {
  params: Promise<{ id: string }>
}

const eventAt = cache(async (id: string) => {
  if (!idSchema.safeParse(id).success) notFound()
  return await read('audit.get', { id })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { actor, action, subject } = await eventAt((await params).id)
  return { title: `${actor.name} ${deedOf(action)} ${subject.name ?? ''}`.trim() }
}

export default async function EventPage({ params }: Props) {
  const event = await eventAt((await params).id)
  return (
    <>
      <PageHeader
        title={
          <>
            {event.actor.name} <Deed event={event} />
          </>
        }
        breadcrumbs={[{ title: 'Audit log', href: urls.audit() }]}
        meta={<RelativeTime at={event.at} />}
      />
      <Panel>
        <div className={classes.view}>
          <EventView event={event} />
        </div>
      </Panel>
    </>
  )
}
