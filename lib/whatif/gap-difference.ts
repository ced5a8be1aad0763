import { evaluateAll, evaluateSubjects, gapKey, type Touched } from '@/lib/gaps/evaluate'
import { exceptionFor } from '@/lib/gaps/exceptions'
import type { Finding, RuleContext } from '@/lib/gaps/model'
import type { Picture } from '@/lib/gaps/picture'

/** What becomes of the gaps between two pictures. */
export interface GapDifference {
  /** Found after and not before. */
  opens: readonly Finding[]
  /** Found before and not after. */
  closes: readonly Finding[]
  /** Found both times with another severity. */
  changesSeverity: readonly { before: Finding; after: Finding }[]
}

/**
 * The difference in what the rules find; what an exception covers is found by nobody. With `touched`, only these
 * subjects are asked about, before and after.
 */
export function gapDifference(
  before: Picture,
  after: Picture,
  context: RuleContext,
  touched: Touched | null = null,
): GapDifference {
  const was = findingsByKey(before, context, touched)
  const willBe = findingsByKey(after, context, touched)
  const severities = [...was].flatMap(([key, finding]) => {
    const later = willBe.get(key)
    return later && later.severity !== finding.severity ? [{ before: finding, after: later }] : []
  })
  return { opens: missingFrom(was, willBe), closes: missingFrom(willBe, was), changesSeverity: severities }
}

function findingsByKey(picture: Picture, context: RuleContext, touched: Touched | null): Map<string, Finding> {
  const findings = touched ? evaluateSubjects(picture, context, touched) : evaluateAll(picture, context)
  const exceptions = [...picture.exceptions.values()]
  const unsettled = findings.filter((finding) => exceptionFor(finding, exceptions, context.now) === null)
  return new Map(unsettled.map((finding) => [gapKey(finding), finding]))
}

function missingFrom(earlier: ReadonlyMap<string, Finding>, later: ReadonlyMap<string, Finding>): Finding[] {
  return [...later].flatMap(([key, finding]) => (earlier.has(key) ? [] : [finding]))
}
