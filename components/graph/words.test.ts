import { describe, expect, it } from 'vitest'
import type { ShownWidening } from '@/lib/delegations/model'
import { agentSentence, edgeLabel, edgeMarks, wideningLabel, wideningSentences } from './words'

const none = { rows: [], count: 0 }
const crm = { slug: 'crm', name: 'CRM' }
const wide: ShownWidening = {
  tools: { rows: [{ tool: crm, risk: 'high', independentPrivileges: true }], count: 3 },
  actions: { rows: [{ tool: crm, actions: ['delete', 'export'] }], count: 1 },
  risks: { rows: [{ tool: crm, from: 'low', to: 'critical' }], count: 1 },
  independentPrivileges: { rows: [crm], count: 1 },
}

describe('the words of the picture', () => {
  it('say what widens, in short and in full', () => {
    expect(wideningLabel(wide)).toBe('+3 tools, +actions on 1 tool, higher risk on 1 tool, own privileges on 1 tool')
    expect(wideningSentences(wide)).toEqual([
      'Reaches CRM (high risk, acts with its own credentials)',
      'and 2 more',
      'May delete, export on CRM',
      'Holds CRM at critical risk instead of low',
      'Reaches CRM by a way that acts with its own credentials',
    ])
  })

  it('mark loops and depth on an edge, and nothing on a plain one', () => {
    const narrow = { ...wide, actions: none, risks: none, independentPrivileges: none }
    const plain = { widening: null, looped: false, tooDeep: false }
    expect(edgeMarks({ widening: narrow, looped: true, tooDeep: true })).toEqual(['loop', 'too deep', '+3 tools'])
    expect(edgeMarks(plain)).toEqual([])
    expect(edgeLabel({ widening: narrow, looped: true, tooDeep: false })).toBe('loop …')
    expect(edgeLabel({ ...plain, widening: narrow })).toBe('+3 tools')
    expect(edgeLabel(plain)).toBe('')
  })

  it('say an agent in one sentence', () => {
    const agent = { id: 'a', slug: 'a', name: 'Planner', layers: {}, depth: 0, hole: null } as const
    expect(agentSentence({ ...agent, lifecycle: 'suspended', worst: 'unowned' }, 1, 2)).toBe(
      'Planner, suspended, a layer is unowned. Calls 1 agent, is called by 2.',
    )
  })
})
