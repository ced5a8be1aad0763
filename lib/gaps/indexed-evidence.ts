import { groupBy, once } from './grouping'
import type { GapSubject } from './model'
import type { AttestationFact, ContractFact, ExceptionFact, ParityFact, Picture } from './picture'

/** The ways to what was signed, attested, tried and accepted. Each index is made when first asked for. */
export interface EvidenceWays {
  /** The contract of the tool that is in force; the newest, should bad data hold two. */
  contractInForce(toolId: string): ContractFact | null
  /** The latest attestation of the point for the tool. */
  attestationOf(pointId: string, toolId: string): AttestationFact | null
  /** What is known of how the point decides for the tool. */
  parityOf(pointId: string, toolId: string): ParityFact | null
  /** Every exception ever approved on the subject, those that have run out included. */
  exceptionsOn(subject: GapSubject): readonly ExceptionFact[]
}

/** Indexes the evidence of a picture. */
export function evidenceWays(picture: Picture): EvidenceWays {
  const contracts = once(() =>
    bestBy(
      [...picture.contracts.values()].filter(({ state }) => state === 'in_force'),
      ({ toolId }) => toolId,
      ({ version }) => version,
    ),
  )
  const attestations = once(() => bestBy(picture.attestations.values(), atPoint, ({ at }) => at))
  const parities = once(() =>
    bestBy(picture.parities.values(), atPoint, ({ askedAt }) => askedAt ?? Number.NEGATIVE_INFINITY),
  )
  const exceptions = once(() => groupBy(picture.exceptions.values(), ({ subjectId }) => subjectId))
  return {
    contractInForce: (toolId) => contracts().get(toolId) ?? null,
    attestationOf: (pointId, toolId) => attestations().get(atPoint({ pointId, toolId })) ?? null,
    parityOf: (pointId, toolId) => parities().get(atPoint({ pointId, toolId })) ?? null,
    // In an estate file a tool may have the name of an agent.
    exceptionsOn: ({ type, id }) => (exceptions().get(id) ?? none).filter(({ subjectType }) => subjectType === type),
  }
}

const atPoint = ({ pointId, toolId }: { pointId: string; toolId: string }) => `${pointId}|${toolId}`
const none: readonly ExceptionFact[] = []

/** Of each key the fact that ranks highest; among equals the smaller id, so that their order never matters. */
function bestBy<F extends { id: string }>(
  facts: Iterable<F>,
  keyOf: (fact: F) => string,
  rankOf: (fact: F) => number,
): ReadonlyMap<string, F> {
  const best = new Map<string, F>()
  const isBetter = (fact: F, rival: F) =>
    rankOf(fact) === rankOf(rival) ? fact.id < rival.id : rankOf(fact) > rankOf(rival)
  for (const fact of facts) {
    const key = keyOf(fact)
    const rival = best.get(key)
    if (!rival || isBetter(fact, rival)) best.set(key, fact)
  }
  return best
}
