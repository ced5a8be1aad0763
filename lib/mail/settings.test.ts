import { describe, expect, it } from 'vitest'
import { mailFromSchema, mailSettings, smtpUrlSchema } from './settings'

const url = 'https://pentarch.example.org/'

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false }],
    ['smtp://127.0.0.1:2525/', { host: '127.0.0.1', port: 2525, secure: false }],
    ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, secure: true }],
    ['smtp://[::1]:25', { host: '::1', port: 25, secure: false }],
    [
      'smtps://ana%40example.org:p%3Aw%2Fd@mail.example.org',
      { host: 'mail.example.org', port: 465, secure: true, auth: { user: 'ana@example.org', pass: 'p:w/d' } },
    ],
  ])('%s is a server', (text, server) => {
    expect(smtpUrlSchema.safeParse(text).success).toBe(true)
    expect(mailSettings({ NODE_ENV: 'test', NEXTAUTH_URL: url, SMTP_URL: text }).server).toEqual(server)
  })
  it.each(['', 'mail.example.org', 'https://mail.example.org', 'smtp://', 'smtp://user@host', 'smtp://:secret@host'])(
    '%s is refused',
    (text) => expect(smtpUrlSchema.safeParse(text).success).toBe(false),
  )
  it.each(['smtp://host/?tls.rejectUnauthorized=false', 'smtp://host/path', 'smtp://u:%ff@host'])(
    '%s is refused rather than read in part',
    (text) => {
      expect(smtpUrlSchema.safeParse(text).success).toBe(false)
      expect(() => mailSettings({ NODE_ENV: 'test', NEXTAUTH_URL: url, SMTP_URL: text })).toThrow(/^SMTP_URL must be/)
    },
  )
  it('left out, mail goes nowhere', () => {
    expect(mailSettings({ NODE_ENV: 'test', NEXTAUTH_URL: url, SMTP_URL: '' }).server).toBeNull()
  })
})

describe('MAIL_FROM', () => {
  const from = (MAIL_FROM: string | undefined, NEXTAUTH_URL = url) =>
    mailSettings({ NODE_ENV: 'test', NEXTAUTH_URL, ...(MAIL_FROM && { MAIL_FROM }) }).from

  it.each([
    ['iga@example.org', { name: 'Pentarch', address: 'iga@example.org' }],
    ['Access governance <iga@example.org>', { name: 'Access governance', address: 'iga@example.org' }],
    ['"Access, governance" <iga@example.org>', { name: 'Access, governance', address: 'iga@example.org' }],
    ['pentarch@localhost', { name: 'Pentarch', address: 'pentarch@localhost' }],
  ])('%s', (text, sender) => {
    expect(mailFromSchema.safeParse(text).success).toBe(true)
    expect(from(text)).toEqual(sender)
  })
  it.each(['nobody', 'a@b@c', 'Name <a@example.org', 'Name\r\nBcc: x <a@example.org>', 'a@example.org, b@example.org'])(
    '%j is refused',
    (text) => {
      expect(mailFromSchema.safeParse(text).success).toBe(false)
      expect(() => from(text)).toThrow(/^MAIL_FROM must be/)
    },
  )
  it('left out, is made of the address people open', () => {
    expect(from(undefined)).toEqual({ name: 'Pentarch', address: 'pentarch@pentarch.example.org' })
    expect(from(undefined, 'http://localhost:3000')).toEqual({ name: 'Pentarch', address: 'pentarch@localhost' })
    expect(from(undefined, 'http://192.0.2.7:3000')).toEqual({ name: 'Pentarch', address: 'pentarch@[192.0.2.7]' })
  })
})
