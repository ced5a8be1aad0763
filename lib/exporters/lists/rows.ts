import 'server-only'
import { mayRun } from '@/lib/access/permissions'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { parseInput } from '@/lib/use-cases/run'
import type { DatasetRow } from '../datasets/model'
import type { ListName } from '../names'
import { lists } from '.'
import { exportedRow, listPageSchema } from './model'

export type ListContext = Omit<UseCaseContext, 'door'>

const rowsAPage = 200

/** All pages of a list as whoever asks may see them. */
export async function* listRows(
  context: ListContext,
  kind: ListName,
  { filter, sort }: { filter: Readonly<Record<string, string>>; sort?: string | undefined },
): AsyncGenerator<DatasetRow[]> {
  const { query, columns, numbers = [] } = lists[kind]
  const verdict = mayRun(query.name, context.actor)
  if (verdict !== true) throw new DomainError('forbidden', verdict)
  const input = {
    ...filter,
    ...Object.fromEntries(numbers.flatMap((name) => (name in filter ? [[name, Number(filter[name])]] : []))),
    ...(sort !== undefined && { sort }),
    limit: rowsAPage,
  }
  let cursor: string | null = null
  do {
    const wanted = parseInput(query, { ...input, ...(cursor !== null && { cursor }) })
    const page = listPageSchema.parse(query.output.parse(await query.handler(context, wanted)))
    if (page.rows.length > 0) yield page.rows.map((row) => exportedRow(columns, row))
    cursor = page.next
  } while (cursor !== null)
}
