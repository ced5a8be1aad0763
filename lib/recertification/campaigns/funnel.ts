import type { Verdict } from '../model'
import type { CountedItems } from './progress'

/** Standing decisions of a stage on a day, by what was said. */
export interface CountedDecisions {
  stage: number
  day: string
  verdict: Verdict
  decisions: number
}

const answers = ['certify', 'reassign', 'revoke'] as const
export type Answer = (typeof answers)[number]
const isAnswer = (verdict: Verdict): verdict is Answer => answers.some((answer) => answer === verdict)

/** What came into a stage, and what became of it there. */
export interface StageFunnel {
  asked: number
  open: number
  answered: number
  byAnswer: Record<Answer, number>
  /** Over without an answer. */
  unanswered: number
  withdrawn: number
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)

/**
 * The funnel of one stage. Items keep only the stage they are in: whatever is in a later one was asked about here as
 * well, and what was said here is in the counts of decisions.
 */
export function stageFunnel(
  stage: number,
  items: readonly CountedItems[],
  decisions: readonly CountedDecisions[],
): StageFunnel {
  const asked = items.filter((counted) => counted.stage >= stage)
  const here = asked.filter((counted) => counted.stage === stage)
  const said = (answer: Answer) =>
    sum(
      decisions.filter((counted) => counted.stage === stage && counted.verdict === answer),
      (counted) => counted.decisions,
    )
  const byAnswer = { certify: said('certify'), reassign: said('reassign'), revoke: said('revoke') }
  const answered = byAnswer.certify + byAnswer.reassign + byAnswer.revoke
  const total = sum(asked, (counted) => counted.items)
  const open = sum(here, (counted) => (counted.state === 'open' ? counted.items : 0))
  const withdrawn = sum(here, (counted) =>
    counted.state === 'withdrawn' && counted.outcome === null ? counted.items : 0,
  )
  return {
    asked: total,
    open,
    answered,
    byAnswer,
    unanswered: Math.max(0, total - open - answered - withdrawn),
    withdrawn,
  }
}

/** Answers by day, the earliest first; days on which only something else was said have none. */
export function answersByDay(decisions: readonly CountedDecisions[]) {
  const days = new Map<string, Record<Answer, number>>()
  for (const { day, verdict, decisions: count } of decisions) {
    const of = days.get(day) ?? { certify: 0, reassign: 0, revoke: 0 }
    if (isAnswer(verdict)) of[verdict] += count
    days.set(day, of)
  }
  return [...days]
    .map(([day, of]) => ({ day, ...of, answers: of.certify + of.reassign + of.revoke }))
    .filter(({ answers: count }) => count > 0)
    .sort((one, other) => one.day.localeCompare(other.day))
}
