'use client'

import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { ExceptionActions } from '@/components/gaps/exception-actions'
import { ExceptionBadge } from '@/components/gaps/exception-badge'
import { TextLink } from '@/components/links'
import { RelativeTime } from '@/components/relative-time'
import type { GapException } from '@/lib/gaps/work/model'
import type { InputOf } from '@/lib/http/client'
import { layerOf } from '@/lib/layers'
import { urls } from '@/lib/urls'
import classes from './exceptions.module.css'

const helper = dataColumns<GapException>()

/** "Enforcement, at Edge gateway": how much of its subject an exception covers. */
function partOf({ layer, point }: GapException): string | null {
  const parts = [layer && layerOf(layer).title, point && `at ${point.name}`].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(', ') : null
}

const columns = helper.columns([
  helper.accessor('title', {
    header: 'Exception',
    meta: { width: '34%' },
    cell: ({ row: { original: exception } }) => (
      <div className={classes.lines}>
        {exception.gap ? (
          <TextLink href={urls.gap(exception.gap)} listItem>
            {exception.title}
          </TextLink>
        ) : (
          exception.title
        )}
        <small title={exception.reason}>{exception.reason}</small>
      </div>
    ),
  }),
  helper.accessor('subject', {
    header: 'On',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <div className={classes.lines} title={original.subject.slug}>
        <span>{original.subject.slug}</span>
        {partOf(original) && <small>{partOf(original)}</small>}
      </div>
    ),
  }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => (
      <div className={classes.lines}>
        <ExceptionBadge state={original.state} />
        {original.decisionNote && <small title={original.decisionNote}>{original.decisionNote}</small>}
      </div>
    ),
  }),
  helper.accessor('expires', {
    header: 'Until',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <div className={classes.lines}>
        <span>{original.expires.slice(0, 10)}</span>
        <small>
          <RelativeTime at={original.expires} />
        </small>
      </div>
    ),
  }),
  helper.accessor('askedBy', {
    header: 'Asked by',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <div className={classes.lines}>
        <span>{original.askedBy}</span>
        <small>
          {original.decidedBy ? `decided by ${original.decidedBy}` : <RelativeTime at={original.askedAt} />}
        </small>
      </div>
    ),
  }),
  helper.display({
    id: 'actions',
    header: 'Decide',
    cell: ({ row }) => (
      <div className={classes.actions}>
        <ExceptionActions exception={row.original} />
      </div>
    ),
  }),
])

interface ExceptionTableProps {
  rows: GapException[]
  next: string | null
  filter: InputOf<'exceptions.list'>
  empty: React.ReactNode
}

/** Exceptions: those that wait for approval first, then by what runs out next. */
export function ExceptionTable({ rows, next, filter, empty }: ExceptionTableProps) {
  return (
    <DataTable
      label="Exceptions"
      columns={columns}
      rows={rows}
      rowId={(exception) => exception.id}
      next={next}
      loadMore={(cursor) => api('exceptions.list', { ...filter, cursor })}
      empty={empty}
    />
  )
}
