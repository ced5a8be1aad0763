import type { Leaf } from './leaf'

/** Whether all events of a period are there. */
export interface PeriodRead {
  /** Events of the period that are there. */
  count: number
  /** Whether it is proved that the log has no other among them, and that the ones around them are outside. */
  isWhole: boolean
}

/**
 * Watches the events go by and tells whether a period is there without a hole. An event names the time of the one before
 * it, so what comes before the first is known from the first itself; after the last, the next one has to be there, or
 * the log has to end.
 */
export class PeriodWatch {
  readonly #from: string
  readonly #to: string
  readonly #size: number
  #count = 0
  #lastSeen: number | null = null
  #lastInside: number | null = null
  #lacksSinceInside = false
  #hasHole = false
  #beginsAtEdge = false
  #endsAtEdge = false
  /** Two neighbours of which one is before the period and the other after it. */
  #isSkipped = false

  /** The period from `from` up to but without `to`, in a log of `size` events. */
  constructor({ from, to }: { from: string; to: string }, size: number) {
    this.#from = from
    this.#to = to
    this.#size = size
  }

  see(event: Pick<Leaf, 'index' | 'at' | 'previous'>): void {
    if (this.#lastSeen !== null && event.index !== this.#lastSeen + 1) this.#lacksSinceInside = true
    this.#lastSeen = event.index
    if (event.at >= this.#from && event.at < this.#to) this.#seeInside(event)
    else this.#seeOutside(event)
  }

  read(): PeriodRead {
    const isWhole = this.#count === 0 ? this.#isSkipped : this.#beginsAtEdge && this.#endsAtEdge && !this.#hasHole
    return { count: this.#count, isWhole }
  }

  #seeInside({ index, previous }: Pick<Leaf, 'index' | 'previous'>): void {
    if (this.#count === 0) this.#beginsAtEdge = this.#isBefore(previous)
    else if (this.#lacksSinceInside) this.#hasHole = true
    this.#count += 1
    this.#lastInside = index
    this.#lacksSinceInside = false
    this.#endsAtEdge = index === this.#size - 1
  }

  #seeOutside({ index, at, previous }: Pick<Leaf, 'index' | 'at' | 'previous'>): void {
    if (this.#lastInside === index - 1) this.#endsAtEdge = true
    if (at >= this.#to ? this.#isBefore(previous) : index === this.#size - 1) this.#isSkipped = true
  }

  #isBefore(previous: Leaf['previous']): boolean {
    return previous === null || previous.at < this.#from
  }
}
