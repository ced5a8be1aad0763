import type { Metadata } from 'next'
import { SeverityBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import classes from '../gaps/gaps.module.css'

export const metadata: Metadata = { title: 'Rules' }

export default async function RulesPage() {
  const { rows: rules } = await read('rules.list', {})
  return (
    <>
      <PageHeader title="Rules" meta="What the register is measured against, and why" />
      <Panel flush>
        <ul className={classes.list}>
          {rules.map(({ id, title, when, severityByRisk }) => (
            <li key={id}>
              <span className={classes.grow}>
                <TextLink href={urls.rule(id)} listItem>
                  {title}
                </TextLink>{' '}
                <code className={classes.dim}>{id}</code>
                <div className={classes.dim}>{when}</div>
              </span>
              <span className={classes.dim}>at high risk</span>
              <SeverityBadge severity={severityByRisk.high} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
