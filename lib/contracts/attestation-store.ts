import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, seek } from '@/lib/registry/filters'
import { pointRef, toolRef } from '@/lib/registry/refs-sql'
import type { attestationRowSchema, listAttestationsInput } from './attest'
import { attestationJson } from './standing-store'

type ListInput = z.output<typeof listAttestationsInput>
type Row = Pick<z.infer<typeof attestationRowSchema>, 'tool' | 'point'> & {
  attestation: Omit<z.infer<typeof attestationRowSchema>, 'tool' | 'point'>
  at: Date
}

/** A page of attestations, the latest first. */
export async function findAttestations(db: Db, { cursor, limit, tool, point }: ListInput) {
  const conditions: Sql[] = []
  if (tool) conditions.push(sql`t.slug = ${tool}`)
  if (point) conditions.push(sql`e.slug = ${point}`)
  const list = listName('attestations', { tool, point })
  const order = [
    { column: sql`x.at`, value: (part: string | number | null) => sql`${part}::timestamptz` },
    byId(sql`x.id`),
  ]
  const { after, orderBy } = seek(order, true, startOf(list, cursor))
  const rows = await db.query<Row>(sql`
    SELECT ${toolRef(sql`t`)} AS tool, ${pointRef(sql`e`)} AS point, ${attestationJson} AS attestation, x.at
    FROM attestation x JOIN contract c ON c.id = x.contract_id JOIN tool t ON t.id = x.tool_id
    JOIN enforcement_point e ON e.id = x.point_id
    WHERE ${and([...conditions, after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  const page = cutPage(list, rows, limit, (row) => [row.at.toISOString(), row.attestation.id])
  return {
    ...page,
    rows: page.rows.map(({ tool: on, point: at, attestation }) => ({ ...attestation, tool: on, point: at })),
  }
}
