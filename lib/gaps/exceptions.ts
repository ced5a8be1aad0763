import type { EvidenceWays } from './indexed-evidence'
import type { Finding } from './model'
import type { ExceptionFact, Instant } from './picture'

/** Whether the exception is about this finding: its rule and subject, and its layer and point where it names them. */
export function covers(exception: ExceptionFact, { rule, subject, layer, pointId }: Finding): boolean {
  return (
    exception.rule === rule &&
    exception.subjectType === subject.type &&
    exception.subjectId === subject.id &&
    (exception.layer === null || exception.layer === layer) &&
    (exception.pointId === null || exception.pointId === pointId)
  )
}

/** Whether the risk is accepted at this moment: until it expires, and not at that moment any more. */
export function isInForce({ expires }: ExceptionFact, now: Instant): boolean {
  return now < expires
}

/** The exception under which a finding stands now, the one that holds longest of several; null when it stands open. */
export function exceptionFor(
  finding: Finding,
  exceptions: Iterable<ExceptionFact>,
  now: Instant,
): ExceptionFact | null {
  let longest: ExceptionFact | null = null
  for (const exception of exceptions) {
    if (!isInForce(exception, now) || !covers(exception, finding)) continue
    if (!longest || isAfter(exception, longest)) longest = exception
  }
  return longest
}

/** Whether one runs out after the other; of two at the same time the smaller id counts as the later one. */
export function isAfter(one: ExceptionFact, other: ExceptionFact): boolean {
  return one.expires === other.expires ? one.id < other.id : one.expires > other.expires
}

/**
 * Asks of findings whether their risk is accepted. An evaluation hands this to `changesBetween(kept, findings,
 * exceptedIn(picture, now), now)`; for a picture that is not indexed, `evidenceWays(picture)` will do.
 */
export function exceptedIn(picture: Pick<EvidenceWays, 'exceptionsOn'>, now: Instant): (finding: Finding) => boolean {
  return (finding) => exceptionFor(finding, picture.exceptionsOn(finding.subject), now) !== null
}
