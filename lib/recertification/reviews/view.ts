import { findRule } from '@/lib/gaps/rules'
import { changesBetween } from './changes'
import type { StoredAsked, StoredDecision, StoredItem } from './item-store'
import type { ReviewDecision, ReviewRow } from './model'
import { isAccess } from './picture-kind'
import { type Recommendation, recommend } from './recommend'

/** High and critical risk: a decision about it says why, each for itself. */
export const needsComment = ({ risk }: Pick<StoredItem, 'risk'>): boolean => risk === 'high' || risk === 'critical'

/** What changed since it was last certified, what since the campaign took its picture, and what all of it speaks for. */
export function assess(item: StoredItem): { changes: string[]; later: string[]; recommendation: Recommendation } {
  const { picture, previous, present } = item
  const changes = previous ? changesBetween(previous, picture) : []
  const later = present
    ? [...(present.gone === null ? [] : [present.gone]), ...changesBetween(picture, present.picture)]
    : ['It is not there any more']
  return { changes, later, recommendation: recommend({ ...item, changes, later }) }
}

/** A decision as it is shown to a person. */
export function decisionView({ personId, ...decision }: StoredDecision, viewer: string | null): ReviewDecision {
  return {
    ...decision,
    mine: personId !== null && personId === viewer,
    at: decision.at.toISOString(),
    undoneAt: decision.undoneAt?.toISOString() ?? null,
  }
}

/** An item on one line, for a person who is or is not asked about it. */
export function rowOf(item: StoredItem, asked: StoredAsked | null, viewer: string | null, now: Date): ReviewRow {
  const { picture } = item
  const { certifiedAt, certifiedBy, gaps, gapCount, lastUsedAt } = picture.seen
  const access = isAccess(picture) ? picture.facts : null
  const named = (slug: string | null, name: string | null) => (slug === null ? null : { slug, name: name ?? slug })
  return {
    id: item.id,
    campaign: { slug: item.slug, name: item.name, kind: item.kind, state: item.campaignState },
    stage: item.stage,
    state: item.state,
    outcome: item.outcome,
    subject: item.subject,
    agent: access?.agent ?? named(item.agentSlug, item.agentName),
    tool: access?.tool ?? named(item.toolSlug, item.toolName),
    environment: access?.environment ?? null,
    layer: item.layer,
    team: isAccess(picture) ? item.team : picture.facts.team,
    risk: item.risk,
    standing: item.standing,
    intent: isAccess(picture) ? picture.facts.intent : picture.facts.reason,
    actions: access?.actions ?? [],
    certified: certifiedAt === null ? null : { at: certifiedAt, by: certifiedBy },
    gaps: gaps.map(({ rule, severity }) => ({ rule, severity, title: findRule(rule)?.title ?? rule })),
    gapCount,
    lastUsedAt,
    peers: item.peers,
    ...assess(item),
    needsComment: needsComment(item),
    secondLook: item.secondLook,
    wasDeferred: item.wasDeferred,
    deferredUntil: item.deferredUntil?.toISOString() ?? null,
    decision: item.decision && decisionView(item.decision, viewer),
    asked: asked && {
      because: asked.because,
      state: asked.state,
      fallback: asked.isFallback,
      dueAt: asked.dueAt.toISOString(),
      overdue: asked.state === 'open' && asked.dueAt <= now,
      for: asked.for,
      note: asked.note,
    },
  }
}
