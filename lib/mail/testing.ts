import type { AddressInfo } from 'node:net'
import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Who it was handed over for (the envelope), not what its header says. */
  to: string[]
  /** The header's own words. */
  header: { from: string; to: string; subject: string; names: string[] }
  messageId: string
  text: string
  html: string
}

export interface SmtpSink {
  /** What SMTP_URL is to be. */
  url: string
  port: number
  /** All that arrived, oldest first. */
  received: ReceivedMail[]
  /** Has the server refuse recipients: the reply code and its text, or null to take them. */
  answerTo(refuse: (address: string) => { code: number; text: string } | null): void
  close(): Promise<void>
}

export interface SmtpSinkOptions {
  /** Any free one when left out. */
  port?: number
  onMail?: (mail: ReceivedMail) => void
}

/** A real SMTP server on loopback that takes every mail and delivers none. */
export async function startSmtpSink({ port = 0, onMail }: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const received: ReceivedMail[] = []
  let refusalOf: (address: string) => { code: number; text: string } | null = () => null
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const refusal = refusalOf(address)
      done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    onData(stream, { envelope }, done) {
      simpleParser(stream).then((parsed) => {
        const mail: ReceivedMail = {
          to: envelope.rcptTo.map(({ address }) => address),
          header: {
            from: parsed.from?.text ?? '',
            to: addressesOf(parsed.to),
            subject: parsed.subject ?? '',
            names: [...parsed.headers.keys()],
          },
          messageId: parsed.messageId ?? '',
          text: parsed.text ?? '',
          html: parsed.html || '',
        }
        received.push(mail)
        onMail?.(mail)
        done()
      }, done)
    },
  })
  // A client that goes away in the middle is no matter of the sink.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    received,
    answerTo(refuse) {
      refusalOf = refuse
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const addressesOf = (to: AddressObject | AddressObject[] | undefined): string =>
  to === undefined
    ? ''
    : [to]
        .flat()
        .map(({ text }) => text)
        .join(', ')
