import type { Metadata } from 'next'
import { cache } from 'react'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { controlVerdicts } from '@/lib/standards/model'
import { decoded, urls } from '@/lib/urls'
import { optionsOf, type SearchParams } from '../../list-query'
import classes from '../frameworks.module.css'
import { Verdicts, verdictTitles } from '../verdicts'
import { chosenControls } from './chosen-controls'
import { Control } from './control'

interface Props {
  params: Promise<{ key: string }>
  searchParams: Promise<SearchParams>
}

const frameworkAt = cache((key: string) => read('frameworks.get', { key: decoded(key).slice(0, 60) }))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await frameworkAt((await params).key)).title }
}

export default async function FrameworkPage({ params, searchParams }: Props) {
  const framework = await frameworkAt((await params).key)
  const chosen = chosenControls(framework.rows, await searchParams)
  return (
    <>
      <PageHeader
        title={framework.title}
        breadcrumbs={[{ title: 'Frameworks', href: urls.frameworks() }]}
        meta={`${framework.version} · ${framework.controls} controls · ${framework.licence}`}
      />
      <div className={classes.whole}>
        <Verdicts framework={framework} />
      </div>
      <FilterBar
        textLabel="Control"
        filters={[{ name: 'verdict', title: 'Verdict', options: optionsOf(controlVerdicts, verdictTitles) }]}
      />
      {chosen.length === 0 ? (
        <EmptyState
          action={
            <LinkButton href={urls.framework(framework.key)} variant="default">
              Clear filters
            </LinkButton>
          }
        >
          No control fits these filters.
        </EmptyState>
      ) : (
        <Panel flush>
          <ul className={classes.list}>
            {chosen.map((control) => (
              <Control key={control.id} framework={framework.key} control={control} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
