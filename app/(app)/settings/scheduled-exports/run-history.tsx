'use client'

import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import { RunOutcome } from './run-outcome'
import type { Schedule, ScheduledRun } from './words'

const helper = dataColumns<ScheduledRun>()

const columns = helper.columns([
  helper.display({ id: 'due', header: 'Due', cell: ({ row }) => <RelativeTime at={row.original.dueAt} /> }),
  helper.display({ id: 'outcome', header: 'Outcome', cell: ({ row }) => <RunOutcome run={row.original} /> }),
  helper.accessor('attempts', { header: 'Tries', meta: { numeric: true } }),
])

/** How the runs of a scheduled export went. */
export function RunHistory({ schedule: { slug, name } }: { schedule: Schedule }) {
  const [runs, setRuns] = useState<ScheduledRun[] | null>(null)
  const { run, pending, problem } = useAttempt(
    async () => setRuns((await api('exportSchedules.runs', { slug })).rows),
    () => undefined,
  )
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={pending}
        aria-label={`Runs of ${name}`}
        onClick={() => run()}
      >
        Runs
      </Button>
      <Problem text={problem} />
      <Modal opened={runs !== null} onClose={() => setRuns(null)} title={`Runs of ${name}`} size="lg">
        <DataTable
          label={`Runs of ${name}`}
          columns={columns}
          rows={runs ?? []}
          rowId={({ id }) => id}
          empty={<EmptyState>It has not been made yet. Run it now to see whether it arrives.</EmptyState>}
        />
      </Modal>
    </>
  )
}
