import type { OutputOf } from '@/lib/http/client'

export type Stream = OutputOf<'streams.list'>['rows'][number]

export const kindWords: Record<Stream['kind'], string> = { webhook: 'Webhook', file: 'File', syslog: 'Syslog' }

/** Counted up to here; what is more is only said to be. */
const lagMax = 10_000

/** How far a stream is behind, in words. */
export function lagWords(lag: number): string {
  if (lag === 0) return 'none'
  if (lag > lagMax) return `${lagMax.toLocaleString('en')}+ events`
  return lag === 1 ? '1 event' : `${lag.toLocaleString('en')} events`
}

/** Where a stream leads, in one line. */
export function placeOf({ target }: Stream): string {
  switch (target.kind) {
    case 'webhook':
      return target.url
    case 'file':
      return `${target.folder}/events.ndjson`
    case 'syslog':
      return `${target.host}:${target.port} ${target.tls ? 'TLS' : 'TCP'}`
  }
}
