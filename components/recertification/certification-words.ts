import type { CertificationView, HistoryEntry } from '@/lib/recertification/history/model'
import type { Outcome } from '@/lib/recertification/model'

type Asked = Extract<HistoryEntry, { type: 'asked' }>

const applied: Record<Outcome, string> = {
  certify: 'Certified',
  reassign: 'Handed to another team',
  revoke: 'Revoked',
  no_response: 'Nobody answered',
}

const answered: Record<Exclude<Outcome, 'no_response'>, string> = {
  certify: 'To be certified',
  reassign: 'To be handed to another team',
  revoke: 'To be revoked',
}

/** What came of asking, so far. */
export function askedWords({ state, outcome }: Pick<Asked, 'state' | 'outcome'>): string {
  if (state === 'withdrawn') return 'Not asked about any more'
  if (outcome === null) return 'Asked, not answered yet'
  if (state === 'applied' || outcome === 'no_response') return applied[outcome]
  return state === 'contested' ? `${answered[outcome]}, contested` : `${answered[outcome]} when the campaign closes`
}

/** How a binding stands, in a word or two before the date. */
export const standingWords: Record<CertificationView['standing'], string> = {
  never: 'Never certified',
  lost: 'Taken away',
  expired: 'Ran out',
  certified: 'Certified until',
  revoked: 'Revoked: no certification holds',
}
