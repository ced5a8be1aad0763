import { Text, View } from '@react-pdf/renderer'
import type { CampaignReport, ReviewRecord } from '../model'
import { standingDecision } from '../tables'
import { instant, number } from '../texts'
import { itemStateTitles, outcomeTitles, reasonTitles, standingTitles } from '../words'
import { Section, Table, type TableColumn } from './parts'
import { styles } from './styles'

/** Records that a PDF shows; more would be a book that nobody reads. */
export const recordsInPdfMax = 2000

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

/** The records themselves, as many as a PDF holds. */
export function Records({ report, records }: { report: CampaignReport; records: readonly ReviewRecord[] }) {
  const { items } = report.totals
  const isCut = items > records.length
  return (
    <Section
      title="Records"
      intro={
        isCut
          ? `The first ${number(records.length)} of ${number(items)} items, by name. All of them, with every decision, are in the CSV files beside this report.`
          : 'Every item, by name. What was taken back is in the CSV of decisions.'
      }
    >
      {records.length > 0 ? (
        <View style={{ fontSize: 7.5 }}>
          <Table columns={columns} rows={records} keyOf={({ id }) => id} />
        </View>
      ) : (
        <Text style={styles.quiet}>No items.</Text>
      )}
    </Section>
  )
}
