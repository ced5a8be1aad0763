import 'server-only'
import { isIPv6 } from 'node:net'
import { type Database, database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { Counts } from './counts'
import { type RateKind, type RateLimits, type Standing, windowSeconds } from './model'
import { rateLimits } from './settings'
import { addCounts, sweepCounts } from './store'

/** How long instances count apart before they tell each other. */
const apartMs = 1000

/** Counts requests and says when somebody has had enough. */
export interface Limiter {
  /**
   * Counts one request for each kind given, and says how the caller stands with the limit that is nearest; null without
   * any. Over one of them the request counts for none. Takes no time: instances exchange their counts in between.
   */
  count(by: Partial<Record<RateKind, string>>, now: Date): Standing | null
  /** Exchanges counts with the other instances now. Never throws: alone, an instance goes on with its own counts. */
  exchange(): Promise<void>
}

/** A limiter on the counts that all instances of a database share. */
export function openLimiter(shared: Database, limits: RateLimits): Limiter {
  const counts = new Counts()
  let timer: NodeJS.Timeout | undefined
  let minute = 0

  async function exchange(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    try {
      counts.hear(await addCounts(shared, counts.send()), minute)
      await sweepCounts(shared, minute)
    } catch (error) {
      log.error({ err: error }, 'The counts of requests could not be shared')
    }
  }

  return {
    exchange,
    count(by, now) {
      const seconds = now.getTime() / 1000
      minute = Math.floor(seconds / windowSeconds)
      const asked = kindsIn(by).filter(({ kind }) => limits[kind] > 0)
      const standings = asked.map(({ kind, key }): Standing => {
        const left = limits[kind] - counts.of(key, minute)
        const resetSeconds = Math.max(1, Math.ceil((minute + 1) * windowSeconds - seconds))
        return { kind, limit: limits[kind], remaining: Math.max(0, left - 1), resetSeconds, isOver: left <= 0 }
      })
      const [nearest = null] = standings.toSorted(
        (a, b) => Number(b.isOver) - Number(a.isOver) || a.remaining - b.remaining,
      )
      if (nearest === null || nearest.isOver) return nearest
      for (const { key } of asked) counts.add(key, minute)
      timer ??= setTimeout(exchange, apartMs).unref()
      return nearest
    },
  }
}

function kindsIn(by: Partial<Record<RateKind, string>>): { kind: RateKind; key: string }[] {
  const { account, token, address } = by
  return [
    ...(account === undefined ? [] : [{ kind: 'account' as const, key: `account:${account}` }]),
    ...(token === undefined ? [] : [{ kind: 'token' as const, key: `token:${token}` }]),
    ...(address === undefined ? [] : [{ kind: 'address' as const, key: `address:${network(address)}` }]),
  ]
}

/** What one caller has: an IPv4 address, or of IPv6 the first half, in which a single caller takes any address they like. */
function network(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = address.includes('::') ? 8 - (before?.length ?? 0) - (after?.length ?? 0) : 0
  return [...(before ?? []), ...Array<string>(Math.max(0, zeros)).fill('0'), ...(after ?? [])].slice(0, 4).join(':')
}

const held = globalThis as { pentarchLimiter?: Limiter }

/** The limiter of this process, with the limits of its environment. Shared by all its bundles. */
export function limiter(): Limiter {
  held.pentarchLimiter ??= openLimiter(database(), rateLimits())
  return held.pentarchLimiter
}
