import type { Metadata } from 'next'
import { cache } from 'react'
import { RiskBadge } from '@/components/badges'
import { AgentLink, TextLink, ToolLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { ItemStateMark, StandingMark } from '@/components/recertification/campaign-marks'
import { RelativeTime } from '@/components/relative-time'
import { read } from '@/lib/http/page-data'
import type { ReviewDetail } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import { GapList } from '../gap-list'
import { Reasons, RecommendationMark } from '../recommendation'
import classes from '../review.module.css'
import { subjectTitle } from '../row-facts'
import { Asked, Earlier, Said } from './asked'
import { ContestButton } from './contest-button'
import { ItemActions } from './item-actions'
import { PictureTable } from './picture-table'

interface ItemPageProps {
  params: Promise<{ item: string }>
}

const itemAt = cache(async (item: string) => await read('reviews.get', { item }))

export async function generateMetadata({ params }: ItemPageProps): Promise<Metadata> {
  return { title: `Review: ${subjectTitle(await itemAt((await params).item))}` }
}

export default async function ReviewItemPage({ params }: ItemPageProps) {
  const row = await itemAt((await params).item)
  return (
    <>
      <PageHeader
        title={subjectTitle(row)}
        breadcrumbs={[
          { title: 'My reviews', href: urls.reviews() },
          { title: row.campaign.name, href: urls.campaign(row.campaign.slug) },
        ]}
        badges={
          <>
            <RiskBadge risk={row.risk} />
            <StandingMark standing={row.standing} />
            <ItemStateMark state={row.state} />
          </>
        }
        meta={<Meta row={row} />}
        {...(row.can.contest === true && { actions: <ContestButton item={row.id} title={subjectTitle(row)} /> })}
      />
      {row.secondLook && (
        <p className={classes.secondLook}>The campaign lead asks for a second look: {row.secondLook}</p>
      )}
      <ItemActions row={row} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title="What the facts speak for" aside={<RecommendationMark verdict={row.recommendation.verdict} />}>
            <Reasons recommendation={row.recommendation} />
          </Panel>
          <Changes row={row} />
          <Panel
            title="As it was when the campaign started, and now"
            aside={row.later.length === 0 && 'Nothing has changed since'}
            flush
          >
            <PictureTable row={row} />
          </Panel>
          <Gaps row={row} />
        </div>
        <div className={classes.stack}>
          <Panel title="Who is asked" flush>
            <Asked reviewers={row.reviewers} />
          </Panel>
          <Panel title="Decisions in this campaign" flush>
            <Said decisions={row.decisions} />
          </Panel>
          <Panel title="Earlier campaigns" flush>
            <Earlier earlier={row.earlier} />
          </Panel>
          {row.comments.length > 0 && (
            <Panel title="Comments" flush>
              <ul className={classes.lines}>
                {row.comments.map(({ id, at, author, text }) => (
                  <li key={id}>
                    <div className={classes.said}>
                      <span className={classes.dim}>
                        {author} <RelativeTime at={at} />
                      </span>
                      <p>{text}</p>
                    </div>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </>
  )
}

function Meta({ row }: { row: ReviewDetail }) {
  return (
    <>
      {row.agent && <AgentLink {...row.agent} />}
      {row.tool && <ToolLink {...row.tool} />}
      {row.campaign.kind === 'access' && <TextLink href={urls.binding(row.subject)}>{row.subject}</TextLink>}
      <span>
        {row.stageName}
        {row.dueOn && `, due ${row.dueOn}`}
      </span>
      {row.instructions && <span>{row.instructions}</span>}
    </>
  )
}

function Changes({ row }: { row: ReviewDetail }) {
  const parts = [
    { title: 'Changed since it was last certified', lines: row.changes },
    { title: 'Changed since the campaign started', lines: row.later },
  ]
  return parts
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => (
      <Panel key={title} title={title}>
        <ul className={classes.changes}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
    ))
}

function Gaps({ row }: { row: ReviewDetail }) {
  if (row.gaps.length === 0) return null
  return (
    <Panel title="Gaps open then" aside={row.gapCount.toLocaleString('en')}>
      <GapList row={row}>
        {({ rule, title }) => (
          <TextLink href={urls.gaps({ rule, ...(row.campaign.kind === 'access' && { binding: row.subject }) })}>
            {title}
          </TextLink>
        )}
      </GapList>
    </Panel>
  )
}
