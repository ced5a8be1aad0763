import { View } from '@react-pdf/renderer'
import { Table, type TableColumn } from '@/lib/pdf/parts'
import type { CampaignReport, ReviewRecord } from '../model'
import { standingDecision } from '../tables'
import { instant, number } from '../texts'
import { itemStateTitles, outcomeTitles, reasonTitles, standingTitles } from '../words'

const titled = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function asked({ reviewers }: ReviewRecord): string {
  return reviewers.map(({ person, because }) => `${person.name} (${reasonTitles[because]})`).join('; ') || 'Nobody'
}

function answer(record: ReviewRecord): string {
  const decision = standingDecision(record)
  if (!decision) return 'Nobody answered'
  const { person, standsInFor, at, comment, ofOwn, toTeam } = decision
  return [
    `${person.name}${standsInFor ? ` for ${standsInFor.name}` : ''}, ${instant(at)}`,
    ...(ofOwn ? ['answers for it themselves'] : []),
    ...(toTeam ? [`to ${toTeam.name}`] : []),
    ...(comment ? [`“${comment}”`] : []),
  ].join(' · ')
}

function applied({ state, appliedAt, notApplied }: ReviewRecord): string {
  if (notApplied !== null) return `Not as decided: ${notApplied}`
  return appliedAt === null ? itemStateTitles[state] : instant(appliedAt)
}

const columns: TableColumn<ReviewRecord>[] = [
  { title: 'Item', width: 21, cell: ({ subject }) => subject },
  { title: 'Risk', width: 6, cell: ({ risk }) => titled(risk) },
  { title: 'Since last', width: 8, cell: ({ standing }) => standingTitles[standing] },
  { title: 'Who was asked, and why', width: 21, cell: asked },
  { title: 'Outcome', width: 9, cell: ({ outcome }) => (outcome === null ? '–' : outcomeTitles[outcome]) },
  { title: 'Who answered, when, and what they said', width: 24, cell: answer },
  { title: 'Applied', width: 11, cell: applied },
]

/** Points that a page has for rows, that a line takes, and that come with each row; characters that fit across a page. */
const page = { height: 452, line: 10.5, padding: 5, characters: 186 }

const linesIn = (text: string, width: number) => Math.ceil((text.length * 100) / (page.characters * width)) || 1

function heightOf(record: ReviewRecord): number {
  const lines = columns.map(({ cell, width }) => linesIn(String(cell(record)), width))
  return Math.max(...lines) * page.line + page.padding
}

/**
 * Records cut to what about fits a page. Laying out a table that goes over many pages takes time by the square of its
 * length, and fails in the end; page by page it stays even, and each page has its head. What does not fit flows over.
 */
export function pagesOf(records: readonly ReviewRecord[]): ReviewRecord[][] {
  const pages: ReviewRecord[][] = []
  let room = 0
  for (const record of records) {
    const height = heightOf(record)
    const current = pages.at(-1)
    if (current && height <= room) current.push(record)
    else {
      // The first page has the heading and its sentence.
      room = page.height - (pages.length === 0 ? 40 : 0)
      pages.push([record])
    }
    room -= height
  }
  return pages
}

/** What stands above the records. */
export function recordsIntro({ totals }: CampaignReport, shown: number): string {
  return totals.items > shown
    ? `The first ${number(shown)} of ${number(totals.items)} items, by name. All of them, with every decision, are in the CSV files beside this report.`
    : 'Every item, by name. What was taken back is in the CSV of decisions.'
}

/** A page of records. */
export function Records({ records }: { records: readonly ReviewRecord[] }) {
  return (
    <View style={{ fontSize: 7.5 }}>
      <Table columns={columns} rows={records} keyOf={({ id }) => id} />
    </View>
  )
}
