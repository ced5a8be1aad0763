import type { Estate } from '@/lib/importers/estate/model'
import { pictureFromEstate } from './estate-picture'
import { type EstateProblem, estateProblems } from './estate-references'
import { evaluateAll } from './evaluate'
import { exceptionFor } from './exceptions'
import { evidenceWays } from './indexed-evidence'
import { defaultGapPolicy, type Finding, type GapPolicy } from './model'
import type { ExceptionFact, Instant } from './picture'

/** A finding as a gap would stand: open, or excepted under an accepted risk. */
export type EstateFinding = Finding &
  ({ state: 'open'; exception: null } | { state: 'excepted'; exception: ExceptionFact })

export interface EstateCheck {
  /** The gaps the estate would have. Ids are its own names, so `subject.id` is the slug and `bindingIds` are slugs. */
  findings: EstateFinding[]
  /** Names that lead nowhere, and things described twice. The findings leave these out. */
  problems: EstateProblem[]
}

/** The gaps that an estate would have, were it all there is. Needs no registry and no server. */
export function checkEstate(estate: Estate, now: Instant, policy: GapPolicy = defaultGapPolicy): EstateCheck {
  const picture = pictureFromEstate(estate, now)
  const { exceptionsOn } = evidenceWays(picture)
  const findings = evaluateAll(picture, { now, policy }).map((finding): EstateFinding => {
    const exception = exceptionFor(finding, exceptionsOn(finding.subject), now)
    return exception ? { ...finding, state: 'excepted', exception } : { ...finding, state: 'open', exception }
  })
  return { findings, problems: estateProblems(estate) }
}
