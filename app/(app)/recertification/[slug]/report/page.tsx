import type { Metadata } from 'next'
import { cache } from 'react'
import { Notice } from '@/components/notice'
import { PageHeader } from '@/components/page-header'
import { CampaignStateMark } from '@/components/recertification/campaign-marks'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import { type RecordGroup, recordGroups } from '@/lib/recertification/report/model'
import { urls } from '@/lib/urls'
import { Course } from './course'
import { Attention, Challenges } from './exceptions'
import { Breakdown, Summary } from './figures'
import { RecordsTable } from './records-table'
import { Remediations } from './remediations'
import classes from './report.module.css'
import { ReportActions } from './report-actions'
import { Reviewers } from './reviewers'
import { Rules } from './rules'
import { Signature } from './signature'

interface ReportPageProps {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ among?: string | string[] }>
}

const reportOf = cache(async (slug: string) => await read('campaigns.report', { slug }))

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const { campaign } = await reportOf((await params).slug)
  return { title: `Report: ${campaign.name}` }
}

const recordsShown = 50
const remediationsShown = 50
const groupIn = (text: unknown): RecordGroup | undefined => recordGroups.find((group) => group === text)

export default async function ReportPage({ params, searchParams }: ReportPageProps) {
  const { slug } = await params
  const among = groupIn((await searchParams).among)
  const report = await reportOf(slug)
  const [records, revoked] = await Promise.all([
    read('campaigns.records', { slug, limit: recordsShown, ...(among && { among }) }),
    read('campaigns.records', { slug, limit: remediationsShown, among: 'revoked' }),
  ])
  const { campaign } = report
  const sections = [
    { id: 'summary', title: 'Summary', body: <Summary report={report} /> },
    { id: 'signature', title: 'Attestation', body: <Signature report={report} /> },
    { id: 'rules', title: 'Scope and rules', body: <Rules report={report} /> },
    { id: 'figures', title: 'How it came out', body: <Breakdown report={report} /> },
    { id: 'attention', title: 'What to look at', body: <Attention report={report} among={among} /> },
    { id: 'reviewers', title: 'Reviewers', body: <Reviewers report={report} /> },
    { id: 'challenges', title: 'Challenges', body: <Challenges report={report} /> },
    { id: 'remediation', title: 'Remediation', body: <Remediations report={report} revoked={revoked} /> },
    { id: 'course', title: 'Course', body: <Course report={report} /> },
    { id: 'records', title: 'Records', body: <RecordsTable slug={slug} among={among} page={records} /> },
  ]
  return (
    <>
      <PageHeader
        title={`Report: ${campaign.name}`}
        breadcrumbs={[
          { title: 'Campaigns', href: urls.recertification() },
          { title: campaign.name, href: urls.campaign(slug) },
        ]}
        badges={<CampaignStateMark state={campaign.state} />}
        meta={
          <>
            <span>Owner: {campaign.owner}</span>
            {campaign.endedAt && (
              <span>
                Ended <RelativeTime at={campaign.endedAt} />
              </span>
            )}
          </>
        }
        actions={<ReportActions slug={slug} report={report} />}
      />
      {!report.isFinal && (
        <Notice label="Not final">
          This campaign has not ended: the report shows how it stands now, and goes on changing.
        </Notice>
      )}
      <div className={classes.report}>
        <nav aria-label="Parts of the report" className={classes.contents}>
          {sections.map(({ id, title }) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
        <div className={classes.sections}>
          {sections.map(({ id, body }) => (
            <div key={id} id={id}>
              {body}
            </div>
          ))}
        </div>
      </div>
    </>
  )
}
