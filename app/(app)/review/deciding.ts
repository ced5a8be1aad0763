import type { InputOf } from '@/lib/http/client'
import type { Verdict } from '@/lib/recertification/model'
import { commentNeeded } from '@/lib/recertification/reviews/decision-rules'
import type { ReviewRow } from '@/lib/recertification/reviews/model'

export type SentDecision = InputOf<'reviews.decide'>['decisions'][number]

/** What is typed about a verdict on one item or several. */
export interface Said {
  /** For those that need none of their own. */
  comment: string
  /** By item, for those that need one each. */
  own: Readonly<Record<string, string>>
  toTeam: string
  toPerson: string
  deferUntil: string
}

export const nothingSaid: Said = { comment: '', own: {}, toTeam: '', toPerson: '', deferUntil: '' }

type Item = Pick<ReviewRow, 'id' | 'risk' | 'needsComment'>

/** Items that each need words of their own, and whether the others need any. */
export function wordsNeeded<Each extends Item>(
  verdict: Verdict,
  items: readonly Each[],
): { own: Each[]; shared: boolean } {
  // Putting off decides nothing.
  const own = verdict === 'defer' ? [] : items.filter(({ needsComment }) => needsComment)
  return { own, shared: items.some((item) => !own.includes(item) && commentNeeded(verdict, item.risk)) }
}

/** Whether a verdict can be given without asking anything. */
export function isPlain(verdict: Verdict, items: readonly Item[]): boolean {
  const { own, shared } = wordsNeeded(verdict, items)
  return verdict === 'certify' && own.length === 0 && !shared
}

/** The decisions as they are sent. */
export function decisionsOf(
  verdict: Verdict,
  items: readonly Item[],
  said: Said,
  lookedMs: (id: string) => number,
): SentDecision[] {
  const { own } = wordsNeeded(verdict, items)
  return items.map((item) => {
    const comment = (own.includes(item) ? (said.own[item.id] ?? '') : said.comment).trim()
    return {
      item: item.id,
      verdict,
      lookedMs: lookedMs(item.id),
      ...(comment && { comment }),
      ...(verdict === 'reassign' && { toTeam: said.toTeam, ...(said.toPerson && { toPerson: said.toPerson }) }),
      ...(verdict === 'defer' && { deferUntil: said.deferUntil }),
    }
  })
}

const past: Record<Verdict, string> = {
  certify: 'Certified',
  reassign: 'Reassigned',
  revoke: 'To be revoked',
  not_mine: 'Passed on',
  defer: 'Put off',
}

/** What was done, in few words. */
export const doneWords = (verdict: Verdict, count: number): string =>
  count === 1 ? `${past[verdict]}.` : `${past[verdict]}: ${count.toLocaleString('en')} items.`

/** What was said about an item that is still shown. */
export const pastWord = (verdict: Verdict): string => past[verdict]
