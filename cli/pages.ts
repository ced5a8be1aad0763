import { z } from 'zod'
import type { OperationName, UntypedApi } from '@/lib/http/client'

const rowSchema = z.record(z.string(), z.json())
const pageSchema = z.object({ rows: z.array(rowSchema), next: z.string().nullable() })

/** One row of a list, as the API gives it. */
export type Row = z.infer<typeof rowSchema>

const rowsPerPage = 200

/** All rows of a list, page by page. */
export async function allRows(api: UntypedApi, name: OperationName, filter: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const page = pageSchema.parse(await api(name, { ...filter, limit: rowsPerPage, ...(cursor && { cursor }) }))
    for (const row of page.rows) rows.push(row)
    cursor = page.next
  } while (cursor !== null)
  return rows
}
