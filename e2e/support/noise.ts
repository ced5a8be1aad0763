import type { BrowserContext } from '@playwright/test'

/** What a browser complained about, and where else it went. */
export interface Noise {
  /** Something this test provokes, such as the console line of a refused request. */
  expect(complaint: RegExp): void
  /** Another origin that this test goes to on purpose. */
  allowOrigin(origin: string): void
  listenTo(context: BrowserContext): void
  /** Complaints that the test did not expect, and requests to other origins. */
  unexpected(): string[]
}

/** Hears console errors, uncaught exceptions, and requests that leave the app's origin. */
export function listenForNoise(origin: string): Noise {
  const complaints: string[] = []
  const foreign: string[] = []
  const expected: RegExp[] = []
  const allowed = new Set([origin])
  return {
    expect: (complaint) => void expected.push(complaint),
    allowOrigin: (other) => void allowed.add(other),
    listenTo(context) {
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => void complaints.push(`uncaught: ${error.error().message}`))
      context.on('request', (request) => {
        const url = request.url()
        if (!/^(?:data|blob):/.test(url) && !allowed.has(new URL(url).origin)) foreign.push(`request to ${url}`)
      })
    },
    unexpected: () => [...complaints.filter((text) => !expected.some((pattern) => pattern.test(text))), ...foreign],
  }
}
