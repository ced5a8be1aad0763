'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { ContractModelMark, ContractStateMark } from '@/components/contracts/marks'
import { DataTable, dataColumns } from '@/components/data-table'
import { Digest } from '@/components/digest'
import { TeamLink, TextLink } from '@/components/links'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { ContractRow } from '@/lib/contracts/shapes'
import type { InputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './contracts.module.css'

const helper = dataColumns<ContractRow>()

const columns = helper.columns([
  helper.display({
    id: 'contract',
    header: 'Contract',
    cell: ({ row: { original } }) => (
      <TextLink href={urls.contract(original.tool.slug, original.version)} listItem>
        {original.tool.name} <span className={classes.version}>v{original.version}</span>
      </TextLink>
    ),
  }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => <ContractStateMark state={original.state} discarded={original.discarded} />,
  }),
  helper.accessor('model', {
    header: 'Model',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <ContractModelMark model={original.model} />,
  }),
  helper.display({
    id: 'author',
    header: 'Author',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.author ? <TeamLink {...original.author} /> : <Quiet>Nobody named</Quiet>,
  }),
  helper.display({
    id: 'signedOff',
    header: 'Signed off by',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <SignedOff signedOff={original.signedOff} />,
  }),
  helper.accessor('digest', {
    header: 'Digest',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <Digest digest={original.digest} />,
  }),
  helper.accessor('vectors', { header: 'Vectors', meta: { numeric: true, wideOnly: true } }),
  helper.display({
    id: 'points',
    header: 'Attested',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <Attested points={original.points} />,
  }),
  helper.accessor('updatedAt', {
    header: 'Changed',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <RelativeTime at={original.updatedAt} />,
  }),
])

function SignedOff({ signedOff }: Pick<ContractRow, 'signedOff'>) {
  if (!signedOff) return <Quiet>Not yet</Quiet>
  const { person, team } = signedOff
  return (
    <span title={team ? `For ${team.name}` : undefined}>
      {person?.name ?? team?.name ?? 'Somebody no longer known'}
    </span>
  )
}

/** How many of the points that enforce it say so. */
function Attested({ points }: Pick<ContractRow, 'points'>) {
  if (!points) return <Quiet>–</Quiet>
  const { enforcing, attested } = points
  if (enforcing === 0) return <Quiet>No point enforces</Quiet>
  return (
    <span className={classes.attested} data-complete={attested === enforcing || undefined}>
      {attested} of {enforcing} {enforcing === 1 ? 'point' : 'points'}
    </span>
  )
}

interface ContractsTableProps {
  rows: ContractRow[]
  next: string | null
  input: InputOf<'contracts.list'>
  empty: ReactNode
}

/** Contracts by tool, the newest version of each first. */
export function ContractsTable({ rows, next, input, empty }: ContractsTableProps) {
  return (
    <DataTable
      label="Contracts"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('contracts.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
