import { z } from 'zod'
import { emailSchema } from '@/lib/registry/model'

/** Where mail is handed over. */
export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte; otherwise by STARTTLS when the server has it. */
  secure: boolean
  auth?: { user: string; pass: string }
}

/** Who mail is from. */
export interface Sender {
  name: string
  address: string
}

const badUrl = 'must be a mail server: smtp://user:password@host:587, or smtps:// for TLS from the start'

/** `smtp://` or `smtps://` with host, and where needed port, user and password; nothing else, so that nothing is silently ignored. */
export const smtpUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => readSmtpUrl(text) !== null, badUrl)

function readSmtpUrl(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  if (!secure && url.protocol !== 'smtp:') return null
  const isBare = (url.pathname === '' || url.pathname === '/') && url.search === '' && url.hash === ''
  if (url.hostname === '' || !isBare || (url.username === '') !== (url.password === '')) return null
  const server = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 465 : 587), secure }
  if (url.username === '') return server
  try {
    return { ...server, auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
  } catch {
    return null
  }
}

const badSender = 'must be an address, such as pentarch@example.org or Pentarch <pentarch@example.org>'

/** An address, alone or behind a name: `Pentarch <pentarch@example.org>`. */
export const mailFromSchema = z
  .string()
  .trim()
  .max(300)
  .refine((text) => readSender(text) !== null, badSender)

function readSender(text: string): Sender | null {
  const [, name = 'Pentarch', inBrackets] = /^"?([^"<>\p{Cc}]*?)"?\s*<([^<>\s]+)>$/u.exec(text) ?? []
  const address = inBrackets ?? text
  return emailSchema.safeParse(address).success || isLocal(address)
    ? { name: name.trim() || 'Pentarch', address }
    : null
}

/** A mail server on the same machine takes addresses that nobody else would. */
const isLocal = (address: string) => /^[a-z0-9._-]+@localhost$/.test(address)

/** The sender when none is set; a host without a name is written as RFC 5321 has it. */
const senderAt = (host: string): Sender => ({
  name: 'Pentarch',
  address: `pentarch@${/^[\d.]+$/.test(host) ? `[${host}]` : host}`,
})

export interface MailSettings {
  /** Null when mail goes nowhere and is kept to be read in the app. */
  server: SmtpServer | null
  from: Sender
  /** The address people open, without a slash at the end: what links in mails begin with. */
  origin: string
}

/** How mail goes, as the environment of this process says. @throws Error naming the setting that is bad. */
export function mailSettings(env: NodeJS.ProcessEnv = process.env): MailSettings {
  const origin = (env.NEXTAUTH_URL || 'http://localhost:3000').replace(/\/+$/, '')
  const server = env.SMTP_URL ? readSmtpUrl(env.SMTP_URL.trim()) : null
  if (env.SMTP_URL && server === null) throw new Error(`SMTP_URL ${badUrl}`)
  const from = env.MAIL_FROM ? readSender(env.MAIL_FROM.trim()) : senderAt(new URL(origin).hostname)
  if (from === null) throw new Error(`MAIL_FROM ${badSender}`)
  return { server, from, origin }
}
