import type { LayerId } from '@/lib/layers'
import type { AssignmentState, OwnershipScope } from '@/lib/ownership/model'
import type { BindingState, RiskTier } from '@/lib/registry/model'
import type { Outcome } from '../model'

interface Named {
  id: string
  name: string
}

/** An item that is decided for good, and how what it is about stands now. Instants are in milliseconds. */
export interface DecidedItem {
  id: string
  outcome: Outcome
  subject: string
  /** Who decided, when and what they said; null where nobody answered. */
  decision: { by: string; at: number; comment: string | null } | null
  /** Where a reassignment goes. */
  to: { team: Named & { isActive: boolean }; person: (Named & { isActive: boolean }) | null } | null
  /** What an access item is about; null when it is gone. */
  binding: { id: string; slug: string; state: BindingState; risk: RiskTier; activeSince: number | null } | null
  /** What an ownership item is about; null when it is gone. */
  assignment: {
    id: string
    layer: LayerId
    scope: OwnershipScope
    /** Null for the organisation. */
    subjectId: string | null
    subjectSlug: string | null
    state: AssignmentState
    wasUnanswered: boolean
  } | null
}
