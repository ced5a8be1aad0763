'use client'

import { api } from '@/components/api'
import { RemediationStateBadge, RiskBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { PersonLink, TextLink } from '@/components/links'
import type { InputOf } from '@/lib/http/client'
import type { RemediationRow } from '@/lib/recertification/remediation/model'
import { urls } from '@/lib/urls'
import { Due } from '../gaps/due'
import classes from '../gaps/gaps.module.css'

const helper = dataColumns<RemediationRow>()

/** Due is said only of what is outstanding. */
const dueOf = ({ state, dueAt, overdue }: RemediationRow) => ({
  dueAt: state === 'open' || state === 'reopened' ? dueAt : null,
  overdue,
})

const columns = helper.columns([
  helper.accessor('binding', {
    header: 'Revoked access',
    meta: { width: '34%' },
    cell: ({ row: { original } }) => (
      <div className={classes.gap}>
        <TextLink href={urls.remediation(original.id)} listItem>
          {original.agent && original.tool ? `${original.agent.name} → ${original.tool.name}` : original.binding}
        </TextLink>
        <span className={classes.why} title={original.binding}>
          {original.binding}
        </span>
      </div>
    ),
  }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row }) => <RemediationStateBadge state={row.original.state} />,
  }),
  helper.accessor('risk', {
    header: 'Risk',
    meta: { wideOnly: true },
    cell: ({ row }) => <RiskBadge risk={row.original.risk} />,
  }),
  helper.accessor('team', {
    header: 'Team',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.team ? <TextLink href={urls.team(original.team.slug)}>{original.team.name}</TextLink> : '–',
  }),
  helper.accessor('assignee', {
    header: 'Assignee',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.assignee ? <PersonLink id={original.assignee.id} name={original.assignee.name} /> : '–',
  }),
  helper.accessor('dueAt', { header: 'Due', cell: ({ row }) => <Due gap={dueOf(row.original)} /> }),
])

interface RemediationTableProps {
  rows: RemediationRow[]
  next: string | null
  filter: InputOf<'remediations.list'>
  empty: React.ReactNode
}

/** Remediations, what is due first first. */
export function RemediationTable({ rows, next, filter, empty }: RemediationTableProps) {
  return (
    <DataTable
      label="Remediations"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('remediations.list', { ...filter, cursor })}
      empty={empty}
    />
  )
}
