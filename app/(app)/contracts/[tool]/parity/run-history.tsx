'use client'

import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { RunRow } from '@/lib/contracts/parity/model'
import { urls } from '@/lib/urls'
import classes from './parity.module.css'
import { RunVerdict } from './run-verdict'

const triggers = { hand: 'by hand', schedule: 'on schedule', import: 'imported' } as const

interface RunHistoryProps {
  slug: string
  /** The run whose answers stand above. */
  shown: string | null
  rows: RunRow[]
  next: string | null
}

/** The runs of a tool, newest first. */
export function RunHistory({ slug, shown, rows, next }: RunHistoryProps) {
  const helper = dataColumns<RunRow>()
  const columns = helper.columns([
    helper.accessor('startedAt', {
      header: 'When',
      cell: ({ row: { original } }) => (
        <TextLink href={urls.parity(slug, { run: original.id })} listItem>
          <RelativeTime at={original.startedAt} />
          {original.id === shown && <span className={classes.quiet}>, shown above</span>}
        </TextLink>
      ),
    }),
    helper.display({ id: 'verdict', header: 'Result', cell: ({ row }) => <RunVerdict run={row.original} /> }),
    helper.display({
      id: 'version',
      header: 'Contract',
      cell: ({ row }) => `version ${row.original.contract.version}`,
      meta: { wideOnly: true },
    }),
    helper.display({
      id: 'by',
      header: 'Asked',
      cell: ({ row: { original } }) => `${triggers[original.trigger]}, ${original.by}`,
      meta: { wideOnly: true },
    }),
  ])
  return (
    <Panel title="Runs" flush>
      <div className={classes.runs}>
        <DataTable
          flush
          label="Runs"
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          next={next}
          loadMore={(cursor) => api('parity.list', { slug, cursor, limit: 50 })}
          empty={<p className={classes.none}>There was no run yet.</p>}
        />
      </div>
    </Panel>
  )
}
