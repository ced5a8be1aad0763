import type { Rule } from '../rule'
import { allowlistUnreviewed } from './allowlist-unreviewed'
import { boundaryMissing } from './boundary-missing'
import { contractDrift } from './contract-drift'
import { contractMissing } from './contract-missing'
import { contractUnsigned } from './contract-unsigned'
import { delegationHole } from './delegation-hole'
import { downstreamUnvalidated } from './downstream-unvalidated'
import { dutiesConcentrated } from './duties-concentrated'
import { exceptionExpired } from './exception-expired'
import { frontDoorOnly } from './front-door-only'
import { intentMissing } from './intent-missing'
import { layerUnowned } from './layer-unowned'
import { logMismatch } from './log-mismatch'
import { monitoringBlind } from './monitoring-blind'
import { ownerOrphaned } from './owner-orphaned'
import { ownerUnconfirmed } from './owner-unconfirmed'
import { parityBroken } from './parity-broken'
import { recertificationOverdue } from './recertification-overdue'
import { remediationOverdue } from './remediation-overdue'
import { reviewUnanswered } from './review-unanswered'
import { shadowAgent } from './shadow-agent'
import { sponsorLeft } from './sponsor-left'
import { standingCredential } from './standing-credential'
import { staticDecision } from './static-decision'

/** The rules that find something wrong by themselves. */
const substantive: readonly Rule[] = [
  layerUnowned,
  ownerOrphaned,
  ownerUnconfirmed,
  sponsorLeft,
  frontDoorOnly,
  downstreamUnvalidated,
  contractMissing,
  contractUnsigned,
  contractDrift,
  parityBroken,
  dutiesConcentrated,
  delegationHole,
  allowlistUnreviewed,
  standingCredential,
  boundaryMissing,
  staticDecision,
  intentMissing,
  monitoringBlind,
  recertificationOverdue,
  reviewUnanswered,
  remediationOverdue,
  shadowAgent,
  logMismatch,
]

/** The rules of a binding that certifying it, or ending without an answer about it, can alter; of it alone. */
export const certificationRules: readonly Rule[] = [recertificationOverdue, reviewUnanswered]

/** Every gap rule there is, in the order they are shown. */
export const rules: readonly Rule[] = [...substantive, exceptionExpired(substantive)]

/** The rule with this id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id)
}
