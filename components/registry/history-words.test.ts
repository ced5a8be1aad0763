import { describe, expect, it } from 'vitest'
import { changesOf, deedOf } from './history-words'

describe('changesOf', () => {
  it('names what differs, and nothing else', () => {
    const before = { slug: 'bot', name: 'Bot', decisionMode: 'static' }
    expect(changesOf(before, { slug: 'bot', name: 'Bot', decisionMode: 'runtime' })).toEqual([
      { field: 'Decision mode', was: 'static', is: 'runtime' },
    ])
  })

  it('tells what was filled in when a thing was made', () => {
    expect(changesOf(null, { slug: 'bot', name: 'Bot', purpose: '', actions: ['read', 'write'] })).toEqual([
      { field: 'Name', was: null, is: 'Bot' },
      { field: 'Actions', was: null, is: 'read, write' },
    ])
  })

  it('tells lists of things apart, and instants as readers write them', () => {
    const path = [
      { mode: 'enforces', point: 'edge' },
      { mode: 'unknown', point: 'crm-app' },
    ]
    const intent = { text: 'Look up a claim', approvedAt: '2026-11-24T10:35:42.724Z', approvedBy: null }
    expect(changesOf(null, { path, intent })).toEqual([
      { field: 'Path', was: null, is: 'edge, mode enforces; crm-app, mode unknown' },
      { field: 'Intent', was: null, is: 'Look up a claim, approved at 2026-11-24 10:35 UTC' },
    ])
  })

  it('tells parts of parts', () => {
    const after = { credential: { type: 'short_lived', lifetimeSeconds: 900 } }
    expect(changesOf({ credential: null }, after)).toEqual([
      { field: 'Credential', was: 'nothing', is: 'short lived, lifetime seconds 900' },
    ])
  })
})

describe('deedOf', () => {
  it('says where a transition led', () => {
    expect(deedOf('agents.transition', { lifecycle: 'active' })).toBe('made it active')
    expect(deedOf('agents.update', {})).toBe('edited it')
    expect(deedOf('ownership.rebuild', {})).toBe('ownership.rebuild')
  })
})
