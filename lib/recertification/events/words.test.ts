import { describe, expect, it } from 'vitest'
import { becauseOf, eventWords, type NamedEvent } from './words'

const event = (more: Partial<NamedEvent>): NamedEvent => ({
  kind: 'owner_left',
  person: null,
  binding: null,
  tool: null,
  agent: null,
  before: null,
  after: null,
  ...more,
})

describe('what happened', () => {
  it.each<[Partial<NamedEvent>, string]>([
    [{ person: 'Ana Ruiz' }, 'Ana Ruiz left'],
    [
      { kind: 'risk_raised', binding: 'bot/crm@production', before: 'medium', after: 'high' },
      'the risk of bot/crm@production was raised from medium to high',
    ],
    [
      { kind: 'privileges_widened', binding: 'bot/crm@production', before: 'read', after: 'read, write' },
      'the privileges of bot/crm@production were widened from read to read, write',
    ],
    [{ kind: 'independent_privileges_gained', tool: 'CRM', after: 'yes' }, 'CRM got privileges of its own'],
    [
      { kind: 'independent_privileges_gained', tool: 'CRM', after: 'unknown' },
      'CRM may have got privileges of its own',
    ],
    [{ kind: 'chain_extended', agent: 'Bot', after: 'planner' }, 'planner may delegate to Bot now'],
    [
      { kind: 'chain_extended', agent: 'Bot', binding: 'bot/crm@production', after: 'crm' },
      'crm joined the delegation chain that reaches Bot',
    ],
    [{}, 'somebody left'],
  ])('is said in plain words: %j', (more, words) => {
    expect(eventWords(event(more))).toBe(words)
  })
})

describe('why a campaign asks', () => {
  it('says the same thing once, and at length only the first few', () => {
    const left = ['Ana', 'Ana', 'Ben', 'Cara', 'Dan', 'Eve', 'Fay', 'Gus'].map((person) => event({ person }))
    expect(becauseOf(left)).toBe('Ana left; Ben left; Cara left; Dan left; Eve left; 2 more')
    expect(becauseOf([event({ kind: 'risk_raised', binding: 'a/b@c' })])).toBe('The risk of a/b@c was raised')
    expect(becauseOf([event({ person: 'ben' })])).toBe('ben left')
  })

  it('keeps within bounds whatever the privileges are called', () => {
    const long = event({ kind: 'privileges_widened', before: 'a'.repeat(500), after: 'b'.repeat(500) })
    expect(becauseOf([long]).length).toBeLessThan(320)
  })
})
