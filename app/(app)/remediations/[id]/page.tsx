import { Anchor } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { cache } from 'react'
import { RemediationStateBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import type { RemediationDetail, RemediationEvent } from '@/lib/recertification/remediation/model'
import { remediationTitles } from '@/lib/recertification/report/words'
import { dayIn } from '@/lib/time/calendar'
import { urls } from '@/lib/urls'
import classes from '../../gaps/gaps.module.css'
import { EvidencePanel } from './evidence-panel'
import { WorkPanel } from './work-panel'

interface RemediationPageProps {
  params: Promise<{ id: string }>
}

const remediationAt = cache(async (id: string) => await read('remediations.get', { id }))
const titleOf = ({ agent, tool, binding }: RemediationDetail) =>
  agent && tool ? `${agent.name} → ${tool.name}` : binding

export async function generateMetadata({ params }: RemediationPageProps): Promise<Metadata> {
  return { title: `Remediation: ${titleOf(await remediationAt((await params).id))}` }
}

export default async function RemediationPage({ params }: RemediationPageProps) {
  const remediation = await remediationAt((await params).id)
  const { binding, campaign, state, dueAt, events, timeZone } = remediation
  // It is due when that day has ended.
  const dueOn = dayIn(new Date(Date.parse(dueAt) - 1), timeZone)
  return (
    <>
      <PageHeader
        title={titleOf(remediation)}
        breadcrumbs={[{ title: 'Remediations', href: urls.remediations() }]}
        badges={<RemediationStateBadge state={state} />}
        meta={
          <>
            <TextLink href={urls.binding(binding)}>{binding}</TextLink>
            <span>
              revoked by <TextLink href={urls.campaign(campaign.slug)}>{campaign.name}</TextLink>
            </span>
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <EvidencePanel remediation={remediation} />
          <Panel title="History" flush>
            <ol className={classes.timeline} aria-label="History">
              {events.map((event) => (
                <li key={event.id}>
                  <IconArrowRight size={14} aria-hidden className={classes.sign} />
                  <Moment event={event} timeZone={timeZone} />
                </li>
              ))}
            </ol>
          </Panel>
        </div>
        <WorkPanel remediation={remediation} dueOn={dueOn} />
      </div>
    </>
  )
}

/** What happened, with the day it is about and the time it was received. */
function Moment({ event, timeZone }: { event: RemediationEvent; timeZone: string }) {
  const { from, to, by, note, link, aboutAt, receivedAt } = event
  const moved = from === null ? remediationTitles[to] : `${remediationTitles[from]} → ${remediationTitles[to]}`
  return (
    <div className={classes.grow}>
      {from === to ? note : moved} <span className={classes.dim}>by {by}</span>
      {from !== to && <p className={classes.said}>{note}</p>}
      {link && (
        <p className={classes.said}>
          <Anchor href={link} rel="noreferrer noopener" target="_blank" inherit>
            {link}
          </Anchor>
        </p>
      )}
      <div className={classes.dim}>
        {from !== to && `About ${dayIn(new Date(aboutAt), timeZone)} · received `}
        <RelativeTime at={receivedAt} />
      </div>
    </div>
  )
}
