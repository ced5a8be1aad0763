'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { RelativeTime } from '@/components/relative-time'
import type { MailView } from '@/lib/mail/model'
import { urls } from '@/lib/urls'
import { MailStateMark } from './mail-state'

const helper = dataColumns<MailView>()

const columns = (whose: 'mine' | 'all') =>
  helper.columns([
    helper.accessor('subject', {
      header: 'Subject',
      cell: ({ row: { original } }) => (
        <TextLink href={urls.mail(original.id)} listItem>
          {original.subject || 'Not written yet'}
        </TextLink>
      ),
    }),
    ...(whose === 'all' ? [helper.accessor('to', { header: 'To', cell: ({ row }) => row.original.to.name })] : []),
    helper.accessor('state', { header: 'State', cell: ({ row }) => <MailStateMark state={row.original.state} /> }),
    helper.accessor('error', {
      header: 'Why not',
      meta: { wideOnly: true },
      cell: ({ row }) => row.original.error ?? '',
    }),
    helper.accessor('createdAt', {
      header: 'When',
      cell: ({ row }) => <RelativeTime at={row.original.sentAt ?? row.original.createdAt} />,
    }),
  ])

interface MailsTableProps {
  filter: { whose: 'mine' | 'all'; state?: string }
  rows: MailView[]
  next: string | null
  empty: ReactNode
}

/** Mails, the newest first. */
export function MailsTable({ filter, rows, next, empty }: MailsTableProps) {
  return (
    <DataTable
      label="Mails"
      columns={columns(filter.whose)}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('mails.list', { ...filter, cursor })}
      empty={empty}
    />
  )
}
