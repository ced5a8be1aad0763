import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Counts, type MinuteCount } from './counts'

/** What the database does: adds up, and answers with the totals. */
function table() {
  const totals = new Map<string, number>()
  return (sent: readonly MinuteCount[]): MinuteCount[] =>
    sent.map(({ key, minute, requests }) => {
      const at = `${key}/${minute}`
      totals.set(at, (totals.get(at) ?? 0) + requests)
      return { key, minute, requests: totals.get(at) ?? 0 }
    })
}

describe('counts that instances share', () => {
  it('know at once what was counted here, and after an exchange what was counted anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.boolean()), { maxLength: 200 }), (steps) => {
        const add = table()
        const instances = [new Counts(), new Counts(), new Counts()]
        const exchange = (counts: Counts) => counts.hear(add(counts.send()), 7)
        let all = 0
        for (const [which, exchanges] of steps) {
          const counts = instances[which]
          if (!counts) continue
          const before = counts.of('account:a', 7)
          counts.add('account:a', 7)
          all += 1
          expect(counts.of('account:a', 7)).toBe(before + 1)
          expect(counts.of('account:a', 7)).toBeLessThanOrEqual(all)
          if (exchanges) exchange(counts)
        }
        instances.forEach(exchange)
        for (const counts of instances) {
          counts.add('account:a', 7)
          exchange(counts)
          all += 1
          expect(counts.of('account:a', 7)).toBe(all)
        }
      }),
    )
  })

  it('lose nothing while an exchange is under way or fails', () => {
    const counts = new Counts()
    counts.add('k', 7)
    counts.send()
    counts.add('k', 7)
    expect(counts.of('k', 7)).toBe(2)
    counts.hear([], 7)
    expect(counts.of('k', 7)).toBe(2)
  })

  it('begin anew with each minute', () => {
    const counts = new Counts()
    counts.add('k', 7)
    expect(counts.of('k', 8)).toBe(0)
    counts.add('k', 8)
    expect(counts.of('k', 8)).toBe(1)
    counts.hear([{ key: 'k', minute: 7, requests: 90 }], 8)
    expect(counts.of('k', 8)).toBe(1)
  })
})
