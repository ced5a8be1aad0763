'use client'

import { api } from '@/components/api'
import { GapStateBadge, SeverityBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { LayerIcon } from '@/components/layer-icon'
import { TextLink } from '@/components/links'
import { RelativeTime } from '@/components/relative-time'
import type { GapListRow } from '@/lib/gaps/shapes'
import type { InputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './gaps.module.css'

const helper = dataColumns<GapListRow>()

const columns = helper.columns([
  helper.accessor('title', {
    header: 'Gap',
    meta: { width: '44%' },
    cell: ({ row: { original: gap } }) => (
      <div className={classes.gap}>
        <TextLink href={urls.gap(gap.id)} listItem>
          {gap.title}
        </TextLink>
        <span className={classes.why}>{gap.explanation}</span>
      </div>
    ),
  }),
  helper.accessor('severity', {
    header: 'Severity',
    cell: ({ row }) => <SeverityBadge severity={row.original.severity} />,
  }),
  helper.accessor('layer', {
    header: 'Layer',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (original.layer ? <LayerIcon layer={original.layer} label /> : '–'),
  }),
  helper.accessor('subject', {
    header: 'On',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <div className={classes.subject} title={original.subject.slug}>
        <span>{original.subject.name}</span>
        <small>{original.subject.type}</small>
      </div>
    ),
  }),
  helper.accessor('affected', { header: 'Bindings', meta: { numeric: true, wideOnly: true } }),
  helper.accessor('state', {
    header: 'State',
    meta: { wideOnly: true },
    cell: ({ row }) => <GapStateBadge state={row.original.state} />,
  }),
  helper.accessor('since', {
    header: 'Since',
    meta: { wideOnly: true },
    cell: ({ row }) => <RelativeTime at={row.original.since} />,
  }),
])

interface GapTableProps {
  rows: GapListRow[]
  next: string | null
  filter: InputOf<'gaps.list'>
  empty: React.ReactNode
}

/** Gaps, the worst and newest first. */
export function GapTable({ rows, next, filter, empty }: GapTableProps) {
  return (
    <DataTable
      label="Gaps"
      columns={columns}
      rows={rows}
      rowId={(gap) => gap.id}
      next={next}
      loadMore={(cursor) => api('gaps.list', { ...filter, cursor })}
      empty={empty}
    />
  )
}
