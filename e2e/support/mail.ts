import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { ReceivedMail } from '@/lib/mail/testing'

/** Every mail that has arrived for this address, oldest first. */
export function mailsTo(address: string): ReceivedMail[] {
  const file = process.env.PENTARCH_E2E_MAIL
  if (!file) throw new Error('PENTARCH_E2E_MAIL is not set; run the end-to-end tests with: npm test -- e2e')
  // What stands behind the last line break is still being written.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line): ReceivedMail => JSON.parse(line)).filter(({ to }) => to.includes(address))
}

/** The next mail for this address: the one after the `earlier` that arrived before. Waits for it. */
export async function nextMailTo(address: string, earlier = 0): Promise<ReceivedMail> {
  await expect
    .poll(() => mailsTo(address).length, { timeout: 30_000, message: `a mail to ${address}` })
    .toBeGreaterThan(earlier)
  const mail = mailsTo(address)[earlier]
  if (!mail) throw new Error(`No mail to ${address}`)
  return mail
}

/** The address that a link in the mail leads to, by the words of the link. */
export function linkIn({ html }: ReceivedMail, words: RegExp): string {
  for (const [, href = '', content = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)) {
    if (words.test(content.replace(/<[^>]*>/g, ''))) return href.replaceAll('&amp;', '&')
  }
  throw new Error(`The mail has no link ${words}`)
}

/** The first address that stands in a mail in plain words. */
export function addressIn({ text }: ReceivedMail): string {
  const [address] = /https?:\/\/\S+/.exec(text) ?? []
  if (!address) throw new Error('The mail has no address in it')
  return address
}

/**
 * A time zone in which it is about noon now. People are mailed from a certain hour of their day on; a test that waits for
 * a mail puts its reader where that hour has come, whenever it runs.
 */
export function noonTimeZone(now: Date): string {
  const hours = 12 - now.getUTCHours()
  // The names of these zones have the sign of POSIX: west is plus.
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}
