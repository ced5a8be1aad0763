import { Text, View } from '@react-pdf/renderer'
import { Section, Table, type TableColumn } from '@/lib/pdf/parts'
import { styles } from '@/lib/pdf/styles'
import { groupTitles } from '../groups'
import { type CampaignReport, type GroupCounts, type RecordGroup, type ReviewerLine, recordGroups } from '../model'
import { howLong, number, percent, upTo } from '../texts'
import { DayBars, OutcomeBar } from './charts'

const groupColumns = (title: string): TableColumn<GroupCounts>[] => [
  { title, width: 24, cell: (row) => row.title },
  { title: 'Items', width: 8, numeric: true, cell: (row) => number(row.items) },
  { title: 'Certified', width: 9, numeric: true, cell: (row) => number(row.certify) },
  { title: 'Reassigned', width: 10, numeric: true, cell: (row) => number(row.reassign) },
  { title: 'Revoked', width: 9, numeric: true, cell: (row) => number(row.revoke) },
  { title: 'No response', width: 11, numeric: true, cell: (row) => number(row.no_response) },
  {
    title: '',
    width: 29,
    cell: (row) => (
      <View style={{ paddingLeft: 8, paddingTop: 2 }}>
        <OutcomeBar counts={row} />
      </View>
    ),
  },
]

/** Up to so many rows fit on a page with their headings. */
const rowsTogetherMax = 25

/** How it came out by risk, layer and team, and when people answered. */
export function Figures({ report }: { report: CampaignReport }) {
  const groups = [
    ['Risk', report.byRisk],
    ['Layer', report.byLayer],
    ['Team', report.byTeam.rows],
  ] as const
  const days = report.days.map(({ day, verdicts }) => ({
    day,
    decisions: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
  }))
  return (
    <View>
      <Section
        title="How it came out"
        intro="Of all items, by what became of them."
        together={groups.flatMap(([, rows]) => rows).length <= rowsTogetherMax}
      >
        {groups.map(([title, rows]) =>
          rows.length === 0 ? null : (
            <View key={title} style={{ marginBottom: 10 }}>
              <Table columns={groupColumns(title)} rows={rows} keyOf={({ key }) => key} />
            </View>
          ),
        )}
        {report.byTeam.more && <Text style={styles.small}>Further teams are in the CSV.</Text>}
      </Section>
      {days.length > 0 && (
        <Section title="When people answered" intro="Decisions a day (UTC) that stand." together>
          <DayBars days={days} />
        </Section>
      )}
    </View>
  )
}

const reviewerColumns: TableColumn<ReviewerLine>[] = [
  { title: 'Reviewer', width: 27, cell: ({ person }) => person.name },
  { title: 'Asked', width: 9, numeric: true, cell: ({ asked }) => number(asked) },
  { title: 'Answered', width: 10, numeric: true, cell: ({ decisions }) => number(decisions) },
  { title: 'No answer', width: 11, numeric: true, cell: ({ lapsed, open }) => number(lapsed + open) },
  { title: 'Passed on', width: 11, numeric: true, cell: ({ passedOn }) => number(passedOn) },
  { title: 'Revoked', width: 9, numeric: true, cell: ({ revoked }) => number(revoked) },
  { title: 'In bulk', width: 9, numeric: true, cell: ({ inBulk, decisions }) => percent(inBulk, decisions) },
  { title: 'Time each', width: 14, numeric: true, cell: ({ medianMs }) => howLong(medianMs) },
]

/** Who was asked and how they went about it. */
export function Reviewers({ report: { reviewers } }: { report: CampaignReport }) {
  if (reviewers.rows.length === 0) return null
  return (
    <Section
      title="Reviewers"
      intro="In bulk: decided together with others. Time each: the median of how long items were before them, as the page says."
    >
      <Table columns={reviewerColumns} rows={reviewers.rows} keyOf={({ person }) => person.id ?? person.name} />
      {reviewers.more && <Text style={styles.small}>Those who were asked most; all are in the CSV.</Text>}
    </Section>
  )
}

/** What an auditor asks for first, counted. */
export function Exceptions({ report: { groups } }: { report: CampaignReport }) {
  const columns: TableColumn<RecordGroup>[] = [
    { title: 'Items', width: 70, cell: (group) => groupTitles[group] },
    { title: 'How many', width: 30, numeric: true, cell: (group) => upTo(groups[group]) },
  ]
  const order = Object.keys(groupTitles)
  const rows = recordGroups.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
  return (
    <Section title="What to look at" together>
      <Table columns={columns} rows={rows} keyOf={(group) => group} />
    </Section>
  )
}
