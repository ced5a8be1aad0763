import { csvLine } from '@/lib/exporters/csv'
import type { Api, OutputOf } from '@/lib/http/client'
import { groupTitles } from '@/lib/recertification/report/groups'
import { type ReviewRecord, recordGroups, recordsPerPageMax } from '@/lib/recertification/report/model'
import { type RecordTable, recordTables } from '@/lib/recertification/report/tables'
import { howLong, instant, percent, upTo } from '@/lib/recertification/report/texts'
import { stateTitles } from '@/lib/recertification/report/words'
import { jsonArray } from '../output'
import { columns, oneLine } from '../render/table'
import type { Terminal } from '../terminal'

type Report = OutputOf<'campaigns.report'>

async function* recordPages(api: Api, slug: string): AsyncGenerator<ReviewRecord[]> {
  let cursor: string | null = null
  do {
    const page: OutputOf<'campaigns.records'> = await api('campaigns.records', {
      slug,
      limit: recordsPerPageMax,
      ...(cursor !== null && { cursor }),
    })
    yield page.rows
    cursor = page.next
  } while (cursor !== null)
}

/** The records as CSV, part by part. */
export async function* recordsCsv(api: Api, slug: string, rows: RecordTable): AsyncGenerator<string> {
  const { head, rowsOf } = recordTables[rows]
  yield csvLine(head)
  for await (const page of recordPages(api, slug)) yield page.flatMap(rowsOf).map(csvLine).join('')
}

/** The report with every record as one JSON document, part by part. */
export async function* reportJson(api: Api, slug: string): AsyncGenerator<string> {
  yield `{"report": ${JSON.stringify(await api('campaigns.report', { slug }))},\n"records": `
  yield* jsonArray(recordPages(api, slug))
  yield '}\n'
}

/** The report in short, for people. */
export function reportText(report: Report, terminal: Terminal): string {
  const { campaign, totals, signature, isFinal, scope, groups } = report
  const head = [
    terminal.style('bold', oneLine(campaign.name)),
    `${campaign.slug} · ${stateTitles[campaign.state].toLowerCase()}${isFinal ? '' : ' · not final'}${campaign.endedAt ? ` · ended ${instant(campaign.endedAt)} UTC` : ''}`,
    scope.narrowed.length > 0 ? scope.narrowed.map(({ by, to }) => `${by}: ${to}`).join(' · ') : scope.all,
    signature ? `signed by ${signature.by}, ${instant(signature.at)} UTC, sha256 ${signature.digest}` : 'not signed',
  ]
  const outcomeRow = (title: string, counts: Omit<Report['byRisk'][number], 'key' | 'title'>) => [
    title,
    ...[counts.items, counts.certify, counts.reassign, counts.revoke, counts.no_response, counts.pending].map(String),
  ]
  const table = columns(
    ['', 'ITEMS', 'CERTIFIED', 'REASSIGNED', 'REVOKED', 'NO RESPONSE', 'NO OUTCOME'],
    [
      outcomeRow('all', totals),
      ...[...report.byRisk, ...report.byLayer].map((group) => outcomeRow(group.title.toLowerCase(), group)),
    ],
    terminal,
  )
  const reviewers = columns(
    ['REVIEWER', 'ASKED', 'ANSWERED', 'IN BULK', 'TIME EACH'],
    report.reviewers.rows.map(({ person, asked, decisions, inBulk, medianMs }) => [
      person.name,
      String(asked),
      String(decisions),
      percent(inBulk, decisions),
      howLong(medianMs),
    ]),
    terminal,
  )
  const attention = recordGroups
    .filter((group) => groups[group] > 0)
    .map((group) => `${groupTitles[group]}: ${upTo(groups[group])}\n`)
    .join('')
  return [`${head.join('\n')}\n`, table, attention, report.reviewers.rows.length > 0 ? reviewers : '']
    .filter(Boolean)
    .join('\n')
}
