import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { PastForm } from '@/components/past/past-form'
import { Problem } from '@/components/problem'
import { exactTime } from '@/components/time'
import { readInstant } from '@/lib/history/model'
import { pageAsOf, read } from '@/lib/http/page-data'
import { safeCallback } from '@/lib/urls'
import classes from './past.module.css'

export const metadata: Metadata = { title: 'Look at the past' }

interface PastProps {
  searchParams: Promise<{ at?: string | string[]; to?: string | string[] }>
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export default async function PastPage({ searchParams }: PastProps) {
  const { at, to } = await searchParams
  const [{ beginning, now }, asOf] = await Promise.all([read('history.span', {}), pageAsOf()])
  const refused = one(at)
  return (
    <>
      <PageHeader
        title="Look at the past"
        meta={<span>{beginning ? `Kept since ${exactTime(beginning)}` : 'Nothing has been recorded yet'}</span>}
      />
      <div className={classes.page}>
        <Problem text={refused === undefined ? null : whyNot(refused, beginning, now)} />
        <Panel title="When">
          <PastForm beginning={beginning} now={now} asOf={asOf?.toISOString() ?? null} to={safeCallback(one(to))} />
        </Panel>
        <Panel title="What you will see">
          <ul className={classes.rules}>
            <li>
              Agents, tools, teams, people, owners, contracts, gaps, exceptions, campaigns and the policy as they were
              then: not worked out again by the rules of today.
            </li>
            <li>A bar across every page says so until you go back. Nothing can be changed meanwhile.</li>
            <li>
              API tokens, mails, settings of your own, exports and the transparency log have no past and stay as they
              are.
            </li>
          </ul>
        </Panel>
      </div>
    </>
  )
}

/** Why an instant cannot be shown. */
function whyNot(text: string, beginning: string | null, now: string): string {
  const instant = readInstant(text, new Date(now))
  if (instant === null) return `“${text.slice(0, 40)}” is no instant. Choose a day and a time.`
  if (beginning === null) return 'Nothing has been recorded yet, so there is no past to look at.'
  if (instant > new Date(now))
    return `${exactTime(instant.toISOString())} is yet to come. Choose an instant that is past.`
  return `Nothing was recorded before ${exactTime(beginning)}. Choose a later instant.`
}
