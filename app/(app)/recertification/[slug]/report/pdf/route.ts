import { fileResponse } from '@/lib/http/file'
import { reader } from '@/lib/http/page-data'
import { type RecordGroup, recordsPerPageMax } from '@/lib/recertification/report/model'
import { recordsInPdfMax, renderPdf } from '@/lib/recertification/report/pdf/render'

export const dynamic = 'force-dynamic'

/** Revocations whose remediation the report tells. */
const remediatedMax = 100

type Reader = Awaited<ReturnType<typeof reader>>

/** The report of a campaign as a PDF, with as many records as one holds. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params
  const readPage = await reader()
  const report = await readPage('campaigns.report', { slug })
  const [records, revoked] = await Promise.all([
    recordsOf(readPage, slug, recordsInPdfMax),
    recordsOf(readPage, slug, remediatedMax, 'revoked'),
  ])
  const file = await renderPdf({
    report,
    records,
    remediated: revoked.filter(({ remediation }) => remediation !== null),
  })
  return fileResponse(`${slug}-report.pdf`, 'application/pdf', file)
}

async function recordsOf(readPage: Reader, slug: string, max: number, among?: RecordGroup) {
  const records = []
  let cursor: string | null = null
  do {
    const limit = Math.min(recordsPerPageMax, max - records.length)
    const page: Awaited<ReturnType<typeof readRecords>> = await readRecords(readPage, { slug, limit, among, cursor })
    records.push(...page.rows)
    cursor = page.next
  } while (cursor !== null && records.length < max)
  return records
}

interface Wanted {
  slug: string
  limit: number
  among: RecordGroup | undefined
  cursor: string | null
}

async function readRecords(readPage: Reader, { slug, limit, among, cursor }: Wanted) {
  return await readPage('campaigns.records', { slug, limit, ...(among && { among }), ...(cursor && { cursor }) })
}
