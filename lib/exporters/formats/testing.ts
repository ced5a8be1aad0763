import type { DatasetColumn, DatasetRow } from '../datasets/model'
import type { ExportContent, Format } from './model'

export const columns: DatasetColumn[] = [
  { id: 'key', title: 'Key', type: 'text', description: 'Which' },
  { id: 'name', title: 'Name', type: 'text', description: 'What it is called' },
  { id: 'count', title: 'Count', type: 'number', description: 'How many' },
  { id: 'open', title: 'Open', type: 'boolean', description: 'Whether' },
  { id: 'since', title: 'Since', type: 'instant', description: 'When' },
  { id: 'tags', title: 'Tags', type: 'list', description: 'Which ones' },
]

/** These rows as an export of the matrix. */
export function contentOf(rows: readonly DatasetRow[], more: Partial<ExportContent> = {}): ExportContent {
  async function* batches() {
    for (let start = 0; start < rows.length; start += 100) yield rows.slice(start, start + 100)
  }
  return {
    kind: 'matrix',
    title: 'Matrix',
    description: 'Who owns what',
    columns,
    rows: batches(),
    filter: { team: 'iam' },
    at: new Date('2026-11-28T10:00:00Z'),
    isPast: false,
    by: 'Ana Ruiz',
    raw: false,
    ...more,
  }
}

/** The whole file. */
export async function fileOf({ write }: Format, content: ExportContent): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of write(content)) parts.push(typeof part === 'string' ? Buffer.from(part) : part)
  return Buffer.concat(parts)
}

/** A name in many scripts, and one of 10,000 characters. */
export const hostileNames = [
  '=HYPERLINK("http://x","y")',
  'الهوية والوصول',
  '身份与访问管理',
  'Bot 🤖 of the 🚀 team',
  'line\nbreak, "quote" and _x0041_ <&>',
  'n'.repeat(10_000),
] as const

export const row = (key: string, name: string, more: DatasetRow = {}): DatasetRow => ({
  key,
  name,
  count: 12,
  open: true,
  since: '2026-03-03T14:00:00.123Z',
  tags: ['a', 'b'],
  ...more,
})
