import type { UseCaseContext } from '@/lib/use-cases/define'
import { candidatesFor, type Left } from './line-store'
import { closeMoot, findBereft, findLeavers, findLeft, insertSuccessions, moveOn, type Touched } from './settle-store'

/**
 * Brings the successions in line with a change, in its own transaction: whatever people who left still answer for is
 * proposed to the next in line, who is asked to accept; what went to somebody else, or whose leaver is back, needs no
 * answer any more; and where a candidate has left as well, the next one is asked. Called by every change of the estate,
 * so that no way to note that somebody left (a person, an import) can forget it. Nothing moves silently.
 */
export async function settleSuccessions(context: UseCaseContext, change: Partial<Touched>): Promise<void> {
  const touched: Touched = {
    people: change.people ?? [],
    agents: change.agents ?? [],
    assignments: change.assignments ?? [],
  }
  if (touched.people.length + touched.agents.length + touched.assignments.length === 0) return
  const { db, now } = context
  await closeMoot(db, touched, now)
  await openSuccessions(context, await findLeft(db, touched))
  const bereft = await findBereft(db, touched.people)
  if (bereft.length === 0) return
  const candidates = await candidatesFor(db, bereft)
  await moveOn(
    db,
    bereft.map(({ id }, index) => ({ id, candidate: candidates[index] ?? null })),
  )
}

/**
 * Brings all successions in line: what ended by the passing of time needs no answer any more, and people who left before
 * successions were kept have theirs opened.
 */
export async function reviewSuccessions(context: UseCaseContext): Promise<void> {
  await settleSuccessions(context, { people: await findLeavers(context.db) })
}

/** Proposes each of these to the next in line. */
export async function openSuccessions(context: UseCaseContext, left: readonly Left[]): Promise<void> {
  if (left.length === 0) return
  const candidates = await candidatesFor(context.db, left)
  const rows = left.map((each, index) => ({ ...each, id: context.newId(), candidate: candidates[index] ?? null }))
  await insertSuccessions(context.db, rows, context.now)
}
