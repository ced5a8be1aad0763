import type { ReviewRecord } from './model'

/** A column of a file: its name, and what a row says in it. Nothing is an empty cell; instants are ISO 8601 in UTC. */
type Column<Row> = readonly [name: string, cell: (row: Row) => string | number | boolean | null | undefined]

type Decision = ReviewRecord['decisions'][number]
type Person = ReviewRecord['accountable'] | undefined

/** A person by external id where they have one: names are neither unique nor stable. */
const who = (person: Person) => person && (person.externalId ?? person.name)
const together = (parts: readonly (string | null | undefined)[]) =>
  [...new Set(parts.filter((part) => part))].join('; ')

/** The answer that stands, of the last stage that got one. */
export const standingDecision = ({ decisions }: ReviewRecord): Decision | undefined =>
  decisions.findLast(({ undone, verdict }) => undone === null && verdict !== 'not_mine' && verdict !== 'defer')

const lastEvent = ({ remediation }: ReviewRecord) => remediation?.events.at(-1)

/** One row an item. */
export const itemColumns: readonly Column<ReviewRecord>[] = [
  ['item', ({ id }) => id],
  ['subject', ({ subject }) => subject],
  ['agent', ({ agent }) => agent],
  ['tool', ({ tool }) => tool],
  ['layer', ({ layer }) => layer],
  ['risk', ({ risk }) => risk],
  ['team', ({ team }) => team?.slug],
  ['accountable', ({ accountable }) => who(accountable)],
  ['standing', ({ standing }) => standing],
  ['stage', ({ stage }) => stage],
  ['state', ({ state }) => state],
  ['outcome', ({ outcome }) => outcome],
  ['asked', ({ reviewers }) => together(reviewers.map(({ person }) => who(person)))],
  ['why_asked', ({ reviewers }) => together(reviewers.map(({ because }) => because))],
  ['due_at', ({ reviewers }) => reviewers.at(-1)?.dueAt],
  ['decided_by', (record) => who(standingDecision(record)?.person)],
  ['stands_in_for', (record) => who(standingDecision(record)?.standsInFor)],
  ['decided_at', (record) => standingDecision(record)?.at],
  ['comment', (record) => standingDecision(record)?.comment],
  ['reassigned_to', (record) => standingDecision(record)?.toTeam?.slug],
  ['reviewed_own', (record) => standingDecision(record)?.ofOwn ?? false],
  ['decisions', ({ decisions }) => decisions.length],
  ['undone', ({ decisions }) => decisions.filter(({ undone }) => undone !== null).length],
  ['escalations', ({ escalations }) => escalations],
  ['deferred', ({ wasDeferred }) => wasDeferred],
  ['second_look', ({ secondLook }) => secondLook],
  ['challenged_by', ({ challenges }) => together(challenges.map(({ by }) => by))],
  ['challenge', ({ challenges }) => challenges.at(-1)?.state],
  ['applied_at', ({ appliedAt }) => appliedAt],
  ['not_applied', ({ notApplied }) => notApplied],
  ['remediation', ({ remediation }) => remediation?.state],
  ['remediation_due_at', ({ remediation }) => remediation?.dueAt],
  ['remediation_verified_at', ({ remediation }) => remediation?.verifiedAt],
  ['evidence_by', (record) => lastEvent(record)?.by],
  ['evidence_about', (record) => lastEvent(record)?.aboutAt],
  ['evidence_received', (record) => lastEvent(record)?.receivedAt],
]

/** A decision with the item it is about. */
interface Said {
  record: ReviewRecord
  decision: Decision
}

/** One row a decision, those that were taken back as well. */
export const decisionColumns: readonly Column<Said>[] = [
  ['decision', ({ decision }) => decision.id],
  ['item', ({ record }) => record.id],
  ['subject', ({ record }) => record.subject],
  ['stage', ({ decision }) => decision.stage],
  ['at', ({ decision }) => decision.at],
  ['by', ({ decision }) => who(decision.person)],
  ['by_name', ({ decision }) => decision.person.name],
  ['stands_in_for', ({ decision }) => who(decision.standsInFor)],
  ['verdict', ({ decision }) => decision.verdict],
  ['comment', ({ decision }) => decision.comment],
  ['to_team', ({ decision }) => decision.toTeam?.slug],
  ['to_person', ({ decision }) => who(decision.toPerson)],
  ['looked_ms', ({ decision }) => decision.lookedMs],
  ['batch_size', ({ decision }) => decision.batchSize],
  ['reviewed_own', ({ decision }) => decision.ofOwn],
  ['undone_at', ({ decision }) => decision.undone?.at],
  ['undone_by', ({ decision }) => decision.undone?.by],
  ['undone_reason', ({ decision }) => decision.undone?.reason],
]

const cells = <Row>(columns: readonly Column<Row>[], row: Row) => columns.map(([, cell]) => String(cell(row) ?? ''))
const names = (columns: readonly Column<never>[]) => columns.map(([name]) => name)

/** The files of a report's records: their head, and the rows that a record comes to. */
export const recordTables = {
  items: { head: names(itemColumns), rowsOf: (record: ReviewRecord) => [cells(itemColumns, record)] },
  decisions: {
    head: names(decisionColumns),
    rowsOf: (record: ReviewRecord) => record.decisions.map((decision) => cells(decisionColumns, { record, decision })),
  },
} as const
export type RecordTable = keyof typeof recordTables
