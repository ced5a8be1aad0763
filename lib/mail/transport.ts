import 'server-only'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { Sender, SmtpServer } from './settings'

/** A mail ready to be handed over. */
export interface OutgoingMail {
  /** The same for every attempt, so that whoever gets two of one mail can tell (RFC 5322, section 3.6.4). */
  messageId: string
  to: { name: string; address: string }
  subject: string
  html: string
  text: string
}

/** What came of handing a mail over. `down` is the server's trouble, and other mails would fare no better; `later` and `refused` this mail's alone. */
export type Handed = { result: 'sent' } | { result: 'down' | 'later' | 'refused'; error: string }

export interface MailTransport {
  send(mail: OutgoingMail): Promise<Handed>
  close(): void
}

const connectMs = 10_000
const silentMs = 30_000

/**
 * Hands mail over to the operator's server by SMTP. Not through the guarded client for outbound requests: that one
 * keeps addresses which people type into the registry away from inner networks, while this address comes from whoever
 * runs the process, and mail servers mostly stand in just such networks.
 */
export function openTransport({ host, port, secure, auth }: SmtpServer, from: Sender): MailTransport {
  const transport = createTransport({
    host,
    port,
    secure,
    ...(auth && { auth }),
    // A password never goes over a line that anybody could read.
    requireTLS: auth !== undefined && !secure && !isLoopback(host),
    pool: true,
    maxConnections: 1,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ messageId, to, subject, html, text }) {
      const headers = {
        // No answers from absence notices and the like (RFC 3834, section 5).
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
      }
      const { name, address } = to
      try {
        const recipient = { name: oneLine(name), address: oneLine(address) }
        await transport.sendMail({ from, to: recipient, subject: oneLine(subject), html, text, messageId, headers })
        return { result: 'sent' }
      } catch (error) {
        return failure(error)
      }
    },
    close: () => transport.close(),
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** A header is one line: whatever stands in a name cannot begin another. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const smtpErrorSchema = z.object({
  message: z.string(),
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
})
const errorMax = 500

/** Reply codes of 500 and more are final for this mail (RFC 5321, section 4.2.1); what is said before a mail is on its way is about the server. */
function failure(thrown: unknown): Handed {
  const parsed = smtpErrorSchema.safeParse(thrown)
  if (!parsed.success) throw thrown
  const { message, code, responseCode, response } = parsed.data
  const error = oneLine(response ?? message).slice(0, errorMax)
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'ESTREAM'
  if (!isAboutMail || responseCode === 421) return { result: 'down', error }
  return { result: responseCode !== undefined && responseCode >= 500 ? 'refused' : 'later', error }
}
