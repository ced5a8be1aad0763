import { describe, expect, it } from 'vitest'
import { identityIdSchema, nameSchema, proseSchema } from './model'

describe('text', () => {
  it.each(['Bot \ud83d', '\udc00 Bot', 'Bo\ud83dt'])(
    'refuses half a character, which no database takes: %j',
    (value) => {
      for (const schema of [nameSchema, proseSchema]) expect(schema.safeParse(value).success).toBe(false)
    },
  )

  it('takes whole ones of any plane', () => {
    expect(nameSchema.parse('Bot \u{1f916} 機械')).toBe('Bot \u{1f916} 機械')
  })
})

describe('the identifier of an identity', () => {
  const longest = `spiffe://example.org/${'a'.repeat(2048 - 'spiffe://example.org/'.length)}`

  it.each([
    'spiffe://example.org',
    'spiffe://example.org/ns/agents/sa/support-bot',
    longest,
    'oauth-client-7',
    'urn:x',
  ])('may be %.60s', (id) => {
    expect(identityIdSchema.parse(id)).toBe(id)
  })

  it.each([
    'spiffe://',
    'spiffe://Example.org/bot',
    'SPIFFE://example.org/bot',
    'spiffe://example.org/',
    'spiffe://example.org/a//b',
    'spiffe://example.org/../b',
    'spiffe://example.org/a?b=c',
    'spiffe://user@example.org:8443/a',
    `${longest}a`,
    '',
  ])('may not be %.60s', (id) => {
    expect(identityIdSchema.safeParse(id).success).toBe(false)
  })
})
