'use client'

import { type ReactNode, useMemo } from 'react'
import { api } from '@/components/api'
import { LifecycleBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { RemoveDelegation } from '@/components/graph/remove-delegation'
import { Wider } from '@/components/graph/wider'
import { AgentLink } from '@/components/links'
import { Quiet } from '@/components/registry/quiet'
import type { InputOf } from '@/lib/http/client'
import type { DelegationRow } from '@/lib/registry/delegations/model'
import classes from './delegations-table.module.css'

const helper = dataColumns<DelegationRow>()

const columnsWith = (mayRemove: true | string) =>
  helper.columns([
    helper.display({
      id: 'from',
      header: 'Agent that calls',
      cell: ({ row: { original } }) => <AgentLink slug={original.from.slug} name={original.from.name} listItem />,
    }),
    helper.display({
      id: 'to',
      header: 'Agent that is called',
      cell: ({ row: { original } }) => <AgentLink slug={original.to.slug} name={original.to.name} />,
    }),
    helper.display({
      id: 'lifecycle',
      header: 'Which is',
      meta: { wideOnly: true },
      cell: ({ row: { original } }) => <LifecycleBadge lifecycle={original.to.lifecycle} />,
    }),
    helper.accessor('scope', {
      header: 'Scope',
      meta: { wideOnly: true },
      cell: ({ row: { original } }) =>
        original.scope ? (
          <span className={classes.scope} title={original.scope}>
            {original.scope}
          </span>
        ) : (
          <Quiet>Not said</Quiet>
        ),
    }),
    helper.display({
      id: 'widening',
      header: 'Privilege that widens',
      cell: ({ row: { original } }) => <Wider widening={original.widening} />,
    }),
    helper.accessor('source', { header: 'Source', meta: { wideOnly: true } }),
    helper.display({
      id: 'remove',
      header: () => <span className="visually-hidden">Remove</span>,
      cell: ({ row: { original } }) => (
        <RemoveDelegation id={original.id} name={`${original.from.name} to ${original.to.name}`} can={mayRemove} />
      ),
    }),
  ])

interface DelegationsTableProps {
  rows: DelegationRow[]
  next: string | null
  input: InputOf<'delegations.list'>
  mayRemove: true | string
  empty: ReactNode
}

/** The list of delegations, page by page. */
export function DelegationsTable({ rows, next, input, mayRemove, empty }: DelegationsTableProps) {
  const columns = useMemo(() => columnsWith(mayRemove), [mayRemove])
  return (
    <DataTable
      label="Delegations"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('delegations.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
