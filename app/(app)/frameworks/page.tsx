import type { Metadata } from 'next'
import Link from 'next/link'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { controlVerdicts, type FrameworkRow } from '@/lib/standards/model'
import { urls } from '@/lib/urls'
import classes from './frameworks.module.css'
import { VerdictBar, verdictTitles } from './verdicts'

export const metadata: Metadata = { title: 'Frameworks' }

export default async function FrameworksPage() {
  const { rows } = await read('frameworks.list', {})
  return (
    <>
      <PageHeader title="Frameworks" meta="The controls that the rules are evidence for, and how they stand" />
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
              <div>
                <VerdictBar verdicts={framework.verdicts} />
                <Counts framework={framework} />
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

/** The figures of the bar in words, each a link to the controls it counts. */
function Counts({ framework: { key, title, verdicts } }: { framework: FrameworkRow }) {
  return (
    <ul className={classes.counts} aria-label={`${title}: controls by verdict`}>
      {controlVerdicts
        .filter((verdict) => verdicts[verdict] > 0)
        .map((verdict) => (
          <li key={verdict}>
            <Link href={urls.framework(key, { verdict })} prefetch={false}>
              <b>{verdicts[verdict]}</b> {verdictTitles[verdict].toLowerCase()}
            </Link>
          </li>
        ))}
    </ul>
  )
}
