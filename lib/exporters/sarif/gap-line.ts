import type { GapState, GapSubjectType, Severity } from '@/lib/gaps/model'
import type { LayerId } from '@/lib/layers'

/** A gap as files and commands say it; its names are a promise to scripts. */
export interface GapLine {
  id: string
  rule: string
  layer: LayerId | null
  /** Slug of the enforcement point it is about, where a rule finds fault point by point. */
  point: string | null
  severity: Severity
  state: GapState
  subject: { type: GapSubjectType; slug: string }
  /** How many active bindings it affects. */
  affected: number
  /** When it opened; null for an estate file, which has no history. */
  since: string | null
  explanation: string
}

/** Whether its risk is accepted; such a gap fails nothing. */
export const isExcepted = ({ state }: GapLine): boolean => state === 'excepted'
