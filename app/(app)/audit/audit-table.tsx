'use client'

import { Button, Switch } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { api } from '@/components/api'
import classes from '@/components/audit/audit.module.css'
import { Deed, DoorMark } from '@/components/audit/event-parts'
import { DataTable, dataColumns } from '@/components/data-table'
import { RelativeTime } from '@/components/relative-time'
import type { InputOf, OutputOf } from '@/lib/http/client'
import { EventDrawer, OpenEvent } from './event-drawer'
import { useLive } from './use-live'

type Events = OutputOf<'audit.list'>
type Event = Events['rows'][number]

const helper = dataColumns<Event>()

const columnsFor = (open: (id: string) => void) =>
  helper.columns([
    helper.accessor('at', {
      header: 'When',
      enableSorting: true,
      meta: { width: 130 },
      cell: ({ row: { original } }) => (
        <OpenEvent id={original.id} onOpen={open}>
          <RelativeTime at={original.at} />
        </OpenEvent>
      ),
    }),
    helper.accessor((event) => event.actor.name, { id: 'who', header: 'Who' }),
    helper.display({
      id: 'what',
      header: 'What',
      cell: ({ row }) => (
        <span className={classes.what}>
          <Deed event={row.original} />
        </span>
      ),
    }),
    helper.accessor('reason', {
      header: 'Why',
      meta: { wideOnly: true },
      cell: ({ row: { original } }) => (
        <span className={classes.clip} title={original.reason ?? undefined}>
          {original.reason ?? ''}
        </span>
      ),
    }),
    helper.accessor('door', {
      header: 'Door',
      meta: { wideOnly: true },
      cell: ({ row }) => <DoorMark door={row.original.door} />,
    }),
  ])

interface AuditTableProps {
  filter: Omit<InputOf<'audit.list'>, 'sort' | 'cursor' | 'limit' | 'after'>
  sort: '-at' | 'at'
  first: Events
  empty: ReactNode
}

/** The log as a table, which new events join at its head while "Live" is on. */
export function AuditTable({ filter, sort, first, empty }: AuditTableProps) {
  const [opened, setOpened] = useState<string | null>(null)
  const [isLive, setLive] = useState(false)
  const live = useLive(filter, first.rows, isLive && sort === '-at')
  const held = live.held.length
  return (
    <>
      <div className={classes.bar}>
        <Switch
          size="xs"
          label="Live"
          checked={isLive && sort === '-at'}
          disabled={sort === 'at'}
          onChange={({ currentTarget }) => setLive(currentTarget.checked)}
        />
        <span className={classes.live} role="status">
          {sort === 'at' ? 'New changes come at the end of this order' : live.state}
        </span>
        {held > 0 && (
          <Button size="compact-xs" leftSection={<IconArrowUp size={13} />} onClick={live.show}>
            {`${held.toLocaleString('en')} new`}
          </Button>
        )}
      </div>
      <DataTable
        label="Changes"
        columns={columnsFor(setOpened)}
        rows={first.rows}
        fresh={live.shown}
        rowId={({ id, change }) => `${id} ${change}`}
        next={first.next}
        loadMore={(cursor) => api('audit.list', { ...filter, sort, cursor })}
        empty={empty}
      />
      <EventDrawer id={opened} onClose={() => setOpened(null)} />
    </>
  )
}
