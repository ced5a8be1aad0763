/** Requests of one key in one minute: since 1970, counted from 0. */
export interface MinuteCount {
  key: string
  minute: number
  requests: number
}

interface Counted {
  minute: number
  /** What all instances together have counted, when this one last heard of it. */
  known: number
  /** Counted here and on the way to the others. */
  sent: number
  /** Counted here alone. */
  fresh: number
}

/** More callers than anybody has in a minute; whoever comes on top is not counted, so that memory stays bounded. */
const keysMax = 50_000

/**
 * The requests of this minute as one instance knows them: its own at once, those of the others as it hears of them. No
 * I/O and no clock, so that a request waits for neither.
 */
export class Counts {
  readonly #counted = new Map<string, Counted>()

  /** Requests of this key in this minute, as far as this instance knows. */
  of(key: string, minute: number): number {
    const counted = this.#counted.get(key)
    return counted?.minute === minute ? counted.known + counted.sent + counted.fresh : 0
  }

  /** Counts one more. */
  add(key: string, minute: number): void {
    const counted = this.#counted.get(key)
    if (counted?.minute === minute) counted.fresh += 1
    else if (counted || this.#counted.size < keysMax) this.#counted.set(key, { minute, known: 0, sent: 0, fresh: 1 })
  }

  /** What the others have not heard of yet, which is on its way from now on. */
  send(): MinuteCount[] {
    const fresh = [...this.#counted].filter(([, counted]) => counted.fresh > 0)
    return fresh.map(([key, counted]) => {
      const requests = counted.fresh
      counted.sent += requests
      counted.fresh = 0
      return { key, minute: counted.minute, requests }
    })
  }

  /** Takes over what all together have counted, and forgets earlier minutes. */
  hear(totals: readonly MinuteCount[], minute: number): void {
    for (const total of totals) {
      const counted = this.#counted.get(total.key)
      if (counted?.minute === total.minute) Object.assign(counted, { known: total.requests, sent: 0 })
    }
    for (const [key, counted] of this.#counted) if (counted.minute < minute) this.#counted.delete(key)
  }
}
