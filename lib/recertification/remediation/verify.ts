import type { UseCaseContext } from '@/lib/use-cases/define'
import { nextRemediationState } from '../states'
import { type RemediationMove, writeMoves } from './moves-store'
import {
  anyRemediation,
  type LoggedAccess,
  type NamedAccess,
  type Sighting,
  sightedByDecisions,
  sightedByImport,
} from './sightings-store'

/**
 * Notes what an import shows about revoked access, in the import's own transaction.
 * @returns the bindings whose remediation moved, to be settled with the rest.
 */
export async function verifyByImport(context: UseCaseContext, access: NamedAccess): Promise<string[]> {
  if (access.bindings.length === 0 || !(await anyRemediation(context.db))) return []
  return await note(context, 'import', await sightedByImport(context.db, access, context.now))
}

/**
 * Notes what logged decisions show about revoked access, in the transaction that keeps them.
 * @returns the bindings whose remediation moved, to be settled with the rest.
 */
export async function verifyByDecisions(
  context: UseCaseContext,
  decisions: readonly LoggedAccess[],
  source: string,
): Promise<string[]> {
  if (!(await anyRemediation(context.db))) return []
  return await note(context, 'decision_log', await sightedByDecisions(context.db, decisions, source))
}

async function note(
  context: UseCaseContext,
  source: 'import' | 'decision_log',
  sightings: readonly Sighting[],
): Promise<string[]> {
  const { actor, now } = context
  const moves = sightings.flatMap((sighting): RemediationMove[] => {
    const { id, bindingId, state: from, event, note: said, lastNote } = sighting
    const next = nextRemediationState(from, event).state
    // Still there although it is open: worth a note, once.
    if (next === undefined && (event === 'seen_gone' || said === lastNote)) return []
    const aboutAt = new Date(Math.min(sighting.aboutAt, now.getTime()))
    return [{ id, bindingId, from, to: next ?? from, source, by: actor.name, note: said, aboutAt }]
  })
  await writeMoves(context, moves)
  return [...new Set(moves.map(({ bindingId }) => bindingId))]
}
