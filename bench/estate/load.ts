import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { escapeIdentifier, type PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Row, Value } from './rows'

const rowsPerChunk = 500

/** Loads rows into a table by COPY. All rows have the columns of the first. */
export async function copyInto(client: PoolClient, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  const names = columns.map(escapeIdentifier).join(', ')
  await pipeline(
    Readable.from(linesOf(rows, columns)),
    client.query(copyFrom(`COPY ${escapeIdentifier(table)} (${names}) FROM STDIN`)),
  )
}

function* linesOf(rows: readonly Row[], columns: readonly string[]): Generator<string> {
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    const chunk = rows.slice(start, start + rowsPerChunk)
    yield chunk.map((row) => `${columns.map((column) => field(row[column] ?? null)).join('\t')}\n`).join('')
  }
}

function field(value: Value): string {
  if (value === null) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.join(',')}}`
  return String(value).replace(/[\\\n\r\t]/g, (character) => `\\${character}`)
}
