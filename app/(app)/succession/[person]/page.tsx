import type { Metadata } from 'next'
import { cache } from 'react'
import { PersonStatusBadge } from '@/components/badges'
import { EmptyState } from '@/components/empty-state'
import { LinkButton, PersonLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Stacked } from '@/components/registry/columns'
import registry from '@/components/registry/registry.module.css'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { decoded, urls } from '@/lib/urls'
import { SuccessionBoard } from '../succession-board'
import { successionViewer } from '../viewer'
import { aboutOf } from '../words'

interface Props {
  params: Promise<{ person: string }>
}

const personAt = cache(async (param: string) => await read('people.get', { person: decoded(param) }))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Succession of ${(await personAt((await params).person)).name}` }
}

export default async function PersonSuccessionPage({ params }: Props) {
  const { externalId, name, status, manager } = await personAt((await params).person)
  const filter = { leaver: externalId }
  const [page, closed, viewer] = await Promise.all([
    read('succession.list', { ...filter, limit: 100 }),
    read('succession.list', { ...filter, state: 'accepted,declined', limit: 100 }),
    successionViewer(),
  ])
  return (
    <>
      <PageHeader
        title={`Succession of ${name}`}
        breadcrumbs={[{ title: 'Succession', href: urls.successions() }]}
        badges={<PersonStatusBadge status={status} />}
        meta={
          <>
            <PersonLink id={externalId} name="Their page" />
            {manager && (
              <span>
                reported to <PersonLink id={manager.externalId} name={manager.name} />
              </span>
            )}
          </>
        }
      />
      <Stacked>
        {page.rows.length === 0 ? (
          <EmptyState
            action={
              <LinkButton href={urls.successions()} variant="default">
                All successions
              </LinkButton>
            }
          >
            {status === 'left'
              ? `${name} answers for nothing any more.`
              : `${name} has not left: nobody has to take over.`}
          </EmptyState>
        ) : (
          <SuccessionBoard first={page.rows} next={page.next} viewer={viewer} filter={filter} />
        )}
        {closed.rows.length > 0 && <Closed rows={closed.rows} />}
      </Stacked>
    </>
  )
}

/** What was answered already, and by whom. */
function Closed({ rows }: { rows: readonly SuccessionView[] }) {
  return (
    <Panel title="Answered" flush>
      <ul className={registry.list}>
        {rows.map((row) => (
          <li key={row.id} className={registry.line}>
            <span>{aboutOf(row)}</span>
            <span className={registry.quiet}>
              {row.state} by {row.decidedBy ?? 'somebody'} {row.decidedAt && <RelativeTime at={row.decidedAt} />}
              {row.note && row.state === 'declined' && `: “${row.note}”`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
