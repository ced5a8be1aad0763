import type { Metadata } from 'next'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import classes from '../imports.module.css'
import { kindWords } from '../kinds'
import { ReportView } from '../report-view'
import { counted } from '../words'

interface ImportRunProps {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: ImportRunProps): Promise<Metadata> {
  const { kind, at } = await read('imports.get', { id: (await params).id })
  return { title: `${kindWords[kind].title}, imported ${at.slice(0, 10)}` }
}

export default async function ImportRunPage({ params }: ImportRunProps) {
  const { id } = await params
  const [run, events] = await Promise.all([
    read('imports.get', { id }),
    read('audit.list', { subjectType: 'import', subjectId: id, limit: 1 }),
  ])
  const reason = events.rows[0]?.reason
  return (
    <>
      <PageHeader
        title={`Import: ${kindWords[run.kind].title}`}
        breadcrumbs={[{ title: 'Imports', href: urls.imports() }]}
        meta={
          <>
            <span>
              Applied <RelativeTime at={run.at} /> by {run.actorName}
            </span>
            {reason && <span>Reason: {reason}</span>}
          </>
        }
        actions={<LinkButton href={urls.matrix()}>Open the matrix</LinkButton>}
      />
      <div className={classes.stack}>
        <ReportView report={{ ...run.summary, changes: run.changes, errors: [] }} isApplied />
        <Panel title="Files" aside={counted(run.files.length, 'file')} flush>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard */}
          <ul className={classes.plain} tabIndex={0} aria-label="Files">
            {run.files.slice(0, 100).map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
            {run.files.length > 100 && <li className={classes.dim}>and {run.files.length - 100} more</li>}
          </ul>
        </Panel>
      </div>
    </>
  )
}
