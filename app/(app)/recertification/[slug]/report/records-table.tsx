'use client'

import { api } from '@/components/api'
import { RiskBadge } from '@/components/badges'
import { type DataColumn, DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ItemStateMark, OutcomeMark, StandingMark } from '@/components/recertification/campaign-marks'
import { groupTitles } from '@/lib/recertification/report/groups'
import type { RecordGroup, ReviewRecord } from '@/lib/recertification/report/model'
import { standingDecision } from '@/lib/recertification/report/tables'
import { instant } from '@/lib/recertification/report/texts'
import { reasonTitles } from '@/lib/recertification/report/words'
import { urls } from '@/lib/urls'
import classes from './report.module.css'

interface RecordsTableProps {
  slug: string
  among: RecordGroup | undefined
  page: { rows: ReviewRecord[]; next: string | null }
}

const recordsPerPage = 50
const helper = dataColumns<ReviewRecord>()

const columns: DataColumn<ReviewRecord>[] = helper.columns([
  helper.display({
    id: 'subject',
    header: 'Item',
    cell: ({ row: { original } }) => (
      <TextLink href={original.layer === null ? urls.binding(original.subject) : urls.reviewItem(original.id)} listItem>
        {original.subject}
      </TextLink>
    ),
  }),
  helper.display({ id: 'risk', header: 'Risk', cell: ({ row }) => <RiskBadge risk={row.original.risk} /> }),
  helper.display({
    id: 'standing',
    header: 'Since last',
    meta: { wideOnly: true },
    cell: ({ row }) => <StandingMark standing={row.original.standing} />,
  }),
  helper.display({
    id: 'asked',
    header: 'Who was asked, and why',
    meta: { wideOnly: true },
    cell: ({ row }) => <Asked record={row.original} />,
  }),
  helper.display({
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row: { original } }) =>
      original.outcome === null ? <ItemStateMark state={original.state} /> : <OutcomeMark outcome={original.outcome} />,
  }),
  helper.display({
    id: 'answer',
    header: 'Who answered, when, and what they said',
    cell: ({ row }) => <Answer record={row.original} />,
  }),
  helper.display({
    id: 'applied',
    header: 'Applied',
    cell: ({ row: { original } }) => <Applied record={original} />,
  }),
])

/** Every record, a page at a time. */
export function RecordsTable({ slug, among, page }: RecordsTableProps) {
  return (
    <Panel title={among ? `Records: ${groupTitles[among].toLowerCase()}` : 'Records'} flush>
      <DataTable
        flush
        label="Records"
        columns={columns}
        rows={page.rows}
        rowId={({ id }) => id}
        next={page.next}
        loadMore={(cursor) =>
          api('campaigns.records', { slug, cursor, limit: recordsPerPage, ...(among && { among }) })
        }
        empty={<div className={classes.bounded}>There are no such records.</div>}
      />
    </Panel>
  )
}

function Asked({ record: { reviewers } }: { record: ReviewRecord }) {
  if (reviewers.length === 0) return <span className={classes.quiet}>Nobody</span>
  return reviewers.map(({ person, because, stage, note }) => (
    <span key={`${stage}${person.id}`} className={classes.cell} title={note ?? undefined}>
      {person.name} <span className={classes.quiet}>{reasonTitles[because]}</span>
    </span>
  ))
}

function Answer({ record }: { record: ReviewRecord }) {
  const undone = record.decisions.filter((decision) => decision.undone !== null).length
  const decision = standingDecision(record)
  return (
    <span className={classes.cell}>
      {decision ? (
        <>
          {decision.person.name}
          {decision.standsInFor && ` for ${decision.standsInFor.name}`}, {instant(decision.at)}
          {decision.toTeam && ` · to ${decision.toTeam.name}`}
          {decision.ofOwn && ' · answers for it themselves'}
          {decision.comment && <span className={classes.quiet}> “{decision.comment}”</span>}
        </>
      ) : (
        <span className={classes.quiet}>Nobody answered</span>
      )}
      {undone > 0 && <span className={classes.quiet}> · {undone} taken back</span>}
    </span>
  )
}

function Applied({ record: { appliedAt, notApplied, state } }: { record: ReviewRecord }) {
  if (notApplied !== null) return <span className={classes.cell}>Not as decided: {notApplied}</span>
  return appliedAt === null ? <ItemStateMark state={state} /> : <span>{instant(appliedAt)}</span>
}
