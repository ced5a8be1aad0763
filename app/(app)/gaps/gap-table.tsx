'use client'

import { Checkbox } from '@mantine/core'
import { createContext, useContext, useState } from 'react'
import { api } from '@/components/api'
import { GapStateBadge, SeverityBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { LayerIcon } from '@/components/layer-icon'
import { PersonLink, TextLink } from '@/components/links'
import type { GapListRow } from '@/lib/gaps/shapes'
import type { InputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { BulkBar, type GapPowers } from './bulk-bar'
import { Due } from './due'
import classes from './gaps.module.css'
import { rowIdAttribute, useSelection } from './use-selection'

const Selection = createContext<{ selected: ReadonlySet<string>; toggle: (id: string) => void } | null>(null)

function GapCell({ gap }: { gap: GapListRow }) {
  const selection = useContext(Selection)
  return (
    <div className={classes.pick} {...{ [rowIdAttribute]: gap.id }}>
      <Checkbox
        size="xs"
        aria-label={`Select ${gap.title}: ${gap.subject.name}`}
        checked={selection?.selected.has(gap.id) ?? false}
        onChange={() => selection?.toggle(gap.id)}
      />
      <div className={classes.gap}>
        <TextLink href={urls.gap(gap.id)} listItem>
          {gap.title}
        </TextLink>
        <span className={classes.why} title={gap.explanation}>
          {gap.explanation}
        </span>
      </div>
    </div>
  )
}

const helper = dataColumns<GapListRow>()

const columns = helper.columns([
  helper.accessor('title', {
    header: 'Gap',
    meta: { width: '38%' },
    cell: ({ row }) => <GapCell gap={row.original} />,
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
        <small>{original.point ? `at ${original.point.name}` : original.subject.type}</small>
      </div>
    ),
  }),
  helper.accessor('affected', { header: 'Bindings', meta: { numeric: true, wideOnly: true } }),
  helper.accessor('state', {
    header: 'State',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <div className={classes.subject}>
        <GapStateBadge state={original.state} />
        {original.exception?.state === 'asked' && <small>exception asked for</small>}
        {original.exception?.state === 'expired' && <small>exception expired</small>}
      </div>
    ),
  }),
  helper.accessor('assignee', {
    header: 'Assignee',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.assignee ? <PersonLink id={original.assignee.id} name={original.assignee.name} /> : '–',
  }),
  helper.accessor('dueAt', { header: 'Due', meta: { wideOnly: true }, cell: ({ row }) => <Due gap={row.original} /> }),
])

interface GapTableProps {
  rows: GapListRow[]
  next: string | null
  filter: InputOf<'gaps.list'>
  may: GapPowers
  exceptionDaysMax: number
  empty: React.ReactNode
}

/** Gaps in the order of the list, to be chosen and worked on together. */
export function GapTable({ rows, next, filter, may, exceptionDaysMax, empty }: GapTableProps) {
  const { selected, toggle, choose } = useSelection()
  const [later, setLater] = useState<{ of: GapListRow[]; ids: string[] }>({ of: rows, ids: [] })
  const shown = [...rows.map(({ id }) => id), ...(later.of === rows ? later.ids : [])]
  const chosen = shown.filter((id) => selected.has(id))

  async function loadMore(cursor: string) {
    const page = await api('gaps.list', { ...filter, cursor })
    setLater({ of: rows, ids: [...shown.slice(rows.length), ...page.rows.map(({ id }) => id)] })
    return page
  }

  return (
    <Selection value={{ selected, toggle }}>
      <DataTable
        label="Gaps"
        columns={columns}
        rows={rows}
        rowId={(gap) => gap.id}
        next={next}
        loadMore={loadMore}
        empty={empty}
      />
      {chosen.length > 0 && (
        <BulkBar
          ids={chosen}
          shown={shown.length}
          may={may}
          exceptionDaysMax={exceptionDaysMax}
          onAll={() => choose(shown)}
          onClear={() => choose([])}
        />
      )}
    </Selection>
  )
}
