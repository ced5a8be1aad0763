import type { RiskTier } from '@/lib/registry/model'
import type { Policy } from '@/lib/settings/model'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn, endOfDay } from '@/lib/time/calendar'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { insertRemediations, keepDue } from './open-store'

/** Access that a campaign revokes, and who decided so. */
export interface RevokedAccess {
  itemId: string
  binding: { id: string; slug: string; risk: RiskTier }
  decision: { by: string; at: number; comment: string | null } | null
}

/** Opens one remediation for each. Before the bindings are revoked: who owns them is who has to see to it. */
export async function openRemediations(
  context: UseCaseContext,
  campaign: { id: string; name: string },
  revoked: readonly RevokedAccess[],
): Promise<void> {
  if (revoked.length === 0) return
  const { db, now, newId } = context
  const { reviews } = await policyOf(db)
  const rows = revoked.map(({ itemId, binding, decision }) => ({
    id: newId(),
    eventId: newId(),
    itemId,
    bindingId: binding.id,
    bindingSlug: binding.slug,
    dueAt: dueByPolicy(reviews, binding.risk, now),
    note: noteOf(decision),
    aboutAt: new Date(Math.min(decision?.at ?? now.getTime(), now.getTime())),
  }))
  await insertRemediations(db, rows, { campaignId: campaign.id, by: campaign.name, now })
  await keepDue(
    db,
    revoked.map(({ binding }) => binding.id),
  )
}

/** The end of the last day on which it is in time, in the organisation's time zone. */
function dueByPolicy({ remediationDays, timeZone }: Policy['reviews'], risk: RiskTier, now: Date): Date {
  return endOfDay(dayAfter(dayIn(now, timeZone), `P${remediationDays[risk]}D`), timeZone)
}

function noteOf(decision: RevokedAccess['decision']): string {
  if (decision === null) return 'Revoked by the campaign'
  return decision.comment ? `Revoked by ${decision.by}: ${decision.comment}` : `Revoked by ${decision.by}`
}
