import { describe, expect, it } from 'vitest'
import { changesBetween, defined, editedWith } from './changes'
import { containing } from './filters'
import { slugSchema } from './model'
import { firstFree, slugBase } from './slug'

describe('changes between what is there and what is wanted', () => {
  it('hold only the fields that differ; undefined leaves a field alone, null clears it', () => {
    const present = { name: 'A', purpose: 'x', sponsor: 'ana', identity: { primitive: 'api_key', id: null } }
    const wanted = { name: 'B', purpose: undefined, sponsor: null, identity: { id: null, primitive: 'api_key' } }
    expect(changesBetween(present, wanted)).toEqual({
      fields: ['name', 'sponsor'],
      before: { name: 'A', sponsor: 'ana' },
      after: { name: 'B', sponsor: null },
    })
  })

  it('are refused when there are none', () => {
    expect(() => changesBetween({ name: 'A' }, { name: 'A', purpose: undefined })).toThrow('Nothing would change')
  })

  it('add to the fields a person has edited', () => {
    expect(editedWith(['sponsor'], ['name', 'sponsor'])).toEqual(['name', 'sponsor'])
    expect(defined({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null })
  })
})

describe('slugs', () => {
  it.each([
    ['Support Bot (EU)', 'support-bot-eu'],
    ['Über-Agent', 'ueber-agent'],
    ['Support bot v1.2 …', 'support-bot-v1.2'],
    ['__init__ .hidden.', 'init-hidden'],
    ['***', 'agent'],
    ['x'.repeat(200), 'x'.repeat(90)],
  ])('of %s', (name, slug) => {
    expect(slugBase(name, 'agent')).toBe(slug)
    expect(slugSchema.safeParse(slugBase(name, 'agent')).success).toBe(true)
  })

  it('count up past those that are taken', () => {
    expect(firstFree('bot', new Set())).toBe('bot')
    expect(firstFree('bot', new Set(['bot', 'bot-2', 'bot-4']))).toBe('bot-3')
  })

  it('are searched for as text, not as patterns', () => {
    expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%')
  })
})
