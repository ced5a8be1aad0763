import { describe, expect, it } from 'vitest'
import { lagWords, placeOf, type Stream } from './words'

describe('the words of an event stream', () => {
  it.each([
    [0, 'none'],
    [1, '1 event'],
    [1_234, '1,234 events'],
    [10_001, '10,000+ events'],
  ])('say of %d events that are behind: %s', (lag, words) => {
    expect(lagWords(lag)).toBe(words)
  })

  it.each([
    [{ kind: 'file', folder: 'siem' }, 'siem/events.ndjson'],
    [{ kind: 'webhook', url: 'https://siem.example.org/', body: 'json' }, 'https://siem.example.org/'],
    [{ kind: 'syslog', host: 'siem', port: 6514, tls: true }, 'siem:6514 TLS'],
  ] satisfies [Stream['target'], string][])('say where %j leads', (target, place) => {
    const stream: Stream = {
      slug: 'siem',
      name: 'SIEM',
      kind: target.kind,
      target,
      paused: false,
      lag: 0,
      deliveredAt: null,
      error: null,
      nextAttemptAt: null,
    }
    expect(placeOf(stream)).toBe(place)
  })
})
