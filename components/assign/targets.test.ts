import { describe, expect, it } from 'vitest'
import { type Assignable, targetsOf } from './targets'

const binding = {
  binding: { slug: 'bot/crm@production', name: 'Bot on CRM' },
  agent: { slug: 'bot', name: 'Bot' },
  tool: { slug: 'crm', name: 'CRM' },
}
const cell = { source: 'agent', assignmentId: '01' } as const

describe('targetsOf', () => {
  it('sets each layer where it belongs', () => {
    const items: Assignable[] = [
      { layer: 'identity', subjects: binding },
      { layer: 'privilege', subjects: binding },
    ]
    expect(targetsOf(items, 'natural')).toMatchObject([
      { layer: 'identity', scope: 'agent', subject: 'bot', label: 'Identity of Bot' },
      { layer: 'privilege', scope: 'tool', subject: 'crm', label: 'Privilege of CRM' },
    ])
  })

  it('names a shared place once', () => {
    const other = { ...binding, binding: { slug: 'bot/erp@production', name: 'Bot on ERP' } }
    const items: Assignable[] = [
      { layer: 'identity', subjects: binding },
      { layer: 'identity', subjects: other },
    ]
    expect(targetsOf(items, 'natural')).toHaveLength(1)
    expect(targetsOf(items, 'binding')).toHaveLength(2)
  })

  it('expects what was seen: that assignment, none, or nothing known', () => {
    const item: Assignable = { layer: 'identity', subjects: binding, cell }
    expect(targetsOf([item], 'agent')[0]?.expected).toBe('01')
    expect(targetsOf([item], 'binding')[0]?.expected).toBeNull()
    expect(targetsOf([item], 'tool')[0]).not.toHaveProperty('expected')
  })

  it('takes the only place there is', () => {
    const item: Assignable = { layer: 'privilege', subjects: { agent: binding.agent } }
    expect(targetsOf([item], 'natural')).toMatchObject([{ scope: 'agent', subject: 'bot' }])
  })
})
