import type { ItemState, Outcome } from '../model'
import type { Progress } from './shapes'

/** Some items of a campaign, as its counters keep them. */
export interface CountedItems {
  stage: number
  state: ItemState
  /** Null while there is none. */
  outcome: Outcome | null
  items: number
}

const sumOf = (counts: readonly CountedItems[], fits: (counted: CountedItems) => boolean) =>
  counts.reduce((sum, counted) => sum + (fits(counted) ? counted.items : 0), 0)

const isOver = ({ state }: CountedItems) => state === 'settled' || state === 'applied' || state === 'contested'

/** How far a campaign has come by its counters; how many were made ready is kept with the campaign itself. */
export function progressOf(counts: readonly CountedItems[], campaign: { items: number; itemsReady: number }): Progress {
  return {
    items: campaign.items,
    ready: campaign.itemsReady,
    open: sumOf(counts, ({ state }) => state === 'open'),
    answered: sumOf(
      counts,
      (counted) => counted.state === 'answered' || (isOver(counted) && counted.outcome !== 'no_response'),
    ),
    unanswered: sumOf(counts, (counted) => isOver(counted) && counted.outcome === 'no_response'),
    withdrawn: sumOf(counts, ({ state }) => state === 'withdrawn'),
    contested: sumOf(counts, ({ state }) => state === 'contested'),
    applied: sumOf(counts, ({ state }) => state === 'applied'),
  }
}

/** How many items stand at each outcome. */
export function outcomesOf(counts: readonly CountedItems[]): Record<Outcome, number> {
  const of = (outcome: Outcome) => sumOf(counts, (c) => c.outcome === outcome && c.state !== 'withdrawn')
  return { certify: of('certify'), reassign: of('reassign'), revoke: of('revoke'), no_response: of('no_response') }
}
