import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type CursorKey, decodeCursor, encodeCursor } from './cursor'

/** What every list takes besides its filters. */
export const pageInput = {
  cursor: z.string().max(2000).optional().describe('Where the last page ended (its `next`)'),
  limit: z.number().int().min(1).max(200).default(50).describe('Rows a page'),
}

/** Several values of a closed list in one parameter, separated by commas: `risk=high,critical`. */
export const commaList = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .max(1000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(50))

/** A page of a list; `next` is null on the last. */
export const pageOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), next: z.string().nullable() })

/** Names a list with its filters and order, so that its cursors fit no other. */
export function listName(name: string, view: object): string {
  return `${name}:${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 12)}`
}

/** The sort key after which the page starts, or null for the first page. */
export function startOf(list: string, cursor: string | undefined): CursorKey | null {
  return cursor === undefined ? null : decodeCursor(list, cursor)
}

/** Cuts `limit + 1` fetched rows to a page and points `next` at the last row shown. */
export function cutPage<Row>(
  list: string,
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => CursorKey,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? encodeCursor(list, keyOf(last)) : null }
}
