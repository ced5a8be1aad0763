import { Text, View } from '@react-pdf/renderer'
import { Section, Table, type TableColumn } from '@/lib/pdf/parts'
import { styles } from '@/lib/pdf/styles'
import { actionTitle } from '../actions'
import type { CampaignReport, ReviewRecord } from '../model'
import { instant, number } from '../texts'
import { remediationTitles, sourceTitles } from '../words'

type Challenge = CampaignReport['challenges']['rows'][number]

const challengeColumns: TableColumn<Challenge>[] = [
  { title: 'Item', width: 28, cell: ({ subject }) => subject },
  { title: 'Contested by', width: 32, cell: ({ by, at, reason }) => `${by}, ${instant(at)}: ${reason}` },
  {
    title: 'Decision',
    width: 40,
    cell: ({ state, decidedBy, decidedAt, note }) =>
      state === 'open'
        ? 'Not decided yet'
        : `${state === 'upheld' ? 'Revocation upheld' : 'Revocation overturned'} by ${decidedBy ?? '–'}, ${instant(decidedAt)}${note ? `: ${note}` : ''}`,
  },
]

/** Revocations that were contested, and what the lead decided. */
export function Challenges({ report: { challenges } }: { report: CampaignReport }) {
  if (challenges.rows.length === 0) return null
  return (
    <Section title="Challenges">
      <Table columns={challengeColumns} rows={challenges.rows} keyOf={({ id }) => id} />
      {challenges.more && <Text style={styles.small}>Older ones are in the CSV.</Text>}
    </Section>
  )
}

interface Remediated {
  subject: string
  remediation: NonNullable<ReviewRecord['remediation']>
}

const remediationColumns: TableColumn<Remediated>[] = [
  { title: 'Item', width: 28, cell: ({ subject }) => subject },
  {
    title: 'State',
    width: 15,
    cell: ({ remediation }) => remediationTitles[remediation.state],
  },
  { title: 'Due', width: 12, cell: ({ remediation }) => remediation.dueAt.slice(0, 10) },
  {
    title: 'Shown by',
    width: 45,
    cell: ({ remediation: { events } }) => {
      const event = events.findLast(({ to }) => to !== 'open')
      if (!event) return 'Nothing yet'
      const dates = `about ${instant(event.aboutAt)}, received ${instant(event.receivedAt)}`
      return `${sourceTitles[event.source]} (${event.by}), ${dates}: ${event.note}`
    },
  },
]

/** What became of revoked access where it is granted. */
export function Remediations({ report, records }: { report: CampaignReport; records: readonly ReviewRecord[] }) {
  const rows = records.flatMap(({ subject, remediation }) => (remediation ? [{ subject, remediation }] : []))
  if (rows.length === 0) return null
  const { open, evidenced, verified, reopened, cancelled, overdue } = report.remediations
  return (
    <Section
      title="Remediation of revoked access"
      intro={`${number(verified)} verified · ${number(evidenced)} with evidence · ${number(open)} open · ${number(reopened)} reopened · ${number(cancelled)} cancelled · ${number(overdue)} overdue. It goes on after the campaign; this is how it stands now.`}
    >
      <Table columns={remediationColumns} rows={rows} keyOf={({ remediation }) => remediation.id} />
    </Section>
  )
}

/** What was done to the campaign as a whole, and what was said about it. */
export function Course({ report: { course, comments } }: { report: CampaignReport }) {
  const columns: TableColumn<CampaignReport['course']['rows'][number]>[] = [
    { title: 'When (UTC)', width: 17, cell: ({ at }) => instant(at) },
    { title: 'Who', width: 21, cell: ({ actor }) => actor },
    {
      title: 'What',
      width: 62,
      cell: ({ action, reason }) => `${actionTitle(action)}${reason ? `: ${reason}` : ''}`,
    },
  ]
  return (
    <View>
      {course.rows.length > 0 && (
        <Section title="Course">
          <Table columns={columns} rows={course.rows} keyOf={({ at, action }, index) => `${at}${action}${index}`} />
          {course.more && <Text style={styles.small}>The rest is in the audit log.</Text>}
        </Section>
      )}
      {comments.rows.length > 0 && (
        <Section title="Comments">
          {comments.rows.map(({ at, author, text }) => (
            <View key={`${at}${author}`} style={styles.fact} wrap={false}>
              <Text style={styles.term}>
                {author}, {instant(at)}
              </Text>
              <Text style={styles.value}>{text}</Text>
            </View>
          ))}
        </Section>
      )}
    </View>
  )
}

/** What was attested to, by whom, and how to tell that nothing was altered since. */
export function Signature({ report: { attestation, signature, campaign } }: { report: CampaignReport }) {
  return (
    <Section title="Attestation">
      {signature ? (
        <View style={styles.signature} wrap={false}>
          <Text>{attestation}</Text>
          <Text style={[styles.strong, { marginTop: 8 }]}>Signed electronically by {signature.by}</Text>
          <Text>{instant(signature.at)} UTC, after giving their password again</Text>
          <Text style={[styles.small, { marginTop: 8 }]}>SHA-256 of the record as it was signed</Text>
          <Text style={styles.mono}>{signature.digest}</Text>
          <Text style={[styles.small, { marginTop: 4 }]}>
            To check it: pentarch campaigns report {campaign.slug} --verify, or the report page. How it is computed is
            in docs/recertification.md.
          </Text>
        </View>
      ) : (
        <Text style={styles.quiet}>Nobody has signed this report.</Text>
      )}
    </Section>
  )
}
