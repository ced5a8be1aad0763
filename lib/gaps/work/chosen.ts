import { lockEstate } from '@/lib/estate/settle'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { gapsToWorkOn, lastWorker, type WorkedGap } from './gap-store'
import { leadsGaps } from './may'
import { standingOn } from './standing-store'

/**
 * The gaps a command is about, each as its caller saw it. An evaluation writes the state of gaps it has read before, so
 * work on them waits for it by the estate's lock.
 * @throws DomainError `not_found` or `stale`, naming the gap; then nothing is changed.
 */
export async function chosenGaps(
  context: UseCaseContext,
  ids: readonly string[],
  versions: Readonly<Record<string, number>> = {},
): Promise<WorkedGap[]> {
  await lockEstate(context)
  const gaps = await gapsToWorkOn(context, [...new Set(ids)])
  const stale = gaps.find(({ id, version }) => versions[id] !== undefined && versions[id] !== version)
  if (stale) {
    const who = await lastWorker(context, stale.id)
    throw new DomainError(
      'stale',
      `The gap ${stale.rule} on ${stale.subjectSlug} is ${stale.state} by now${who ? `, last changed by ${who}` : ''}; nothing was changed.`,
    )
  }
  return gaps
}

/** @throws DomainError `forbidden` when one of the gaps is neither the actor's own business nor theirs to lead. */
export async function assertStanding({ db, actor }: UseCaseContext, gaps: readonly WorkedGap[]): Promise<void> {
  if (leadsGaps(actor)) return
  const ids = gaps.map(({ id }) => id)
  const own = await standingOn(db, ids, actor)
  const other = gaps.find(({ id }) => !own.has(id))
  if (other)
    throw new DomainError(
      'forbidden',
      `The gap ${other.rule} on ${other.subjectSlug} is not yours: it is not assigned to you, and no team of yours owns what it affects.`,
    )
}

/** The subject of the one audit event of a command on gaps. */
export const auditSubject = (gaps: readonly WorkedGap[]) => ({
  subjectType: 'gap',
  subjectId: gaps.length === 1 ? String(gaps[0]?.id) : 'several',
})
