import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import classes from './frameworks.module.css'
import { Verdicts } from './verdicts'

export const metadata: Metadata = { title: 'Frameworks' }

export default async function FrameworksPage() {
  const { rows } = await read('frameworks.list', {})
  return (
    <>
      <PageHeader
        title="Frameworks"
        meta="The controls that the rules are evidence for, and how they stand"
        actions={<ExportMenu kind="coverage" sort="catalog" />}
      />
      <p className={classes.note}>
        “No open gap” says that the rules which look at a control find nothing wrong. It does not say that the control
        is fulfilled: that takes more than a register can see.
      </p>
      <Panel flush>
        <ul className={classes.list}>
          {rows.map((framework) => (
            <li key={framework.key} className={classes.framework}>
              <span className={classes.name}>
                <TextLink href={urls.framework(framework.key)} listItem>
                  {framework.title}
                </TextLink>
                <small>
                  {framework.version} · {framework.controls} controls
                </small>
              </span>
              <Verdicts framework={framework} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
