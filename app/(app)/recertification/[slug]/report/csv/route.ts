import { csvLine } from '@/lib/exporters/csv'
import { fileResponse, textStream } from '@/lib/http/file'
import { reader } from '@/lib/http/page-data'
import { recordsPerPageMax } from '@/lib/recertification/report/model'
import { type RecordTable, recordTables } from '@/lib/recertification/report/tables'

export const dynamic = 'force-dynamic'

/** The records of a campaign as CSV, an item or (`rows=decisions`) a decision a row, in constant memory however many there are. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params
  const rows = new URL(request.url).searchParams.get('rows') === 'decisions' ? 'decisions' : 'items'
  const readPage = await reader()
  // Before the answer has begun, so that what is not there is answered as not found.
  const first = await readPage('campaigns.records', { slug, limit: recordsPerPageMax })
  return fileResponse(`${slug}-${rows}.csv`, 'text/csv; charset=utf-8', textStream(lines(slug, rows, first, readPage)))
}

type Reader = Awaited<ReturnType<typeof reader>>
type Page = { rows: Parameters<(typeof recordTables)['items']['rowsOf']>[0][]; next: string | null }

async function* lines(slug: string, table: RecordTable, first: Page, readPage: Reader): AsyncGenerator<string> {
  const { head, rowsOf } = recordTables[table]
  yield csvLine(head)
  let page = first
  for (;;) {
    yield page.rows.flatMap(rowsOf).map(csvLine).join('')
    if (page.next === null) return
    page = await readPage('campaigns.records', { slug, limit: recordsPerPageMax, cursor: page.next })
  }
}
