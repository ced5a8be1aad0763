import type { Estate } from '@/lib/importers/estate/model'
import { pictureFromEstate } from './estate-picture'
import { type EstateProblem, estateProblems } from './estate-references'
import { evaluateAll } from './evaluate'
import { defaultGapPolicy, type Finding, type GapPolicy } from './model'
import type { Instant } from './picture'

export interface EstateCheck {
  /** The gaps the estate would have. Ids are its own names, so `subject.id` is the slug and `bindingIds` are slugs. */
  findings: Finding[]
  /** Names that lead nowhere, and things described twice. The findings leave these out. */
  problems: EstateProblem[]
}

/** The gaps that an estate would have, were it all there is. Needs no registry and no server. */
export function checkEstate(estate: Estate, now: Instant, policy: GapPolicy = defaultGapPolicy): EstateCheck {
  return {
    findings: evaluateAll(pictureFromEstate(estate, now), { now, policy }),
    problems: estateProblems(estate),
  }
}
