import { describe, expect, it } from 'vitest'
import type { AgentLifecycle } from '@/lib/registry/model'
import { agent, binding, brief, findingsOf, person, tool } from '../testing/facts'
import { sponsorLeft } from './sponsor-left'

const people = [person({ id: 'ana' }), person({ id: 'gone', name: 'Ben Gone', status: 'left' })]
const find = (more: Partial<Parameters<typeof agent>[0]>, over: Partial<Parameters<typeof findingsOf>[1]> = {}) =>
  findingsOf(sponsorLeft, { people, agents: [agent({ id: 'a', ...more })], ...over })

describe('sponsor-left', () => {
  it('fires when no sponsor was ever named', () => {
    expect(find({ sponsorId: null }).map(({ explanation }) => explanation)).toEqual([
      'Agent a has no sponsor. The agent is active with no active binding.',
    ])
  })

  it('fires when the sponsor has left, by name', () => {
    expect(find({ sponsorId: 'gone' })[0]?.explanation).toContain('Ben Gone, the sponsor of Agent a, has left.')
  })

  it('is silent while the sponsor is here', () => {
    expect(find({ sponsorId: 'ana' })).toEqual([])
  })

  it.each<AgentLifecycle>(['discovered', 'proposed', 'suspended', 'retired'])(
    'is silent on a %s agent',
    (lifecycle) => {
      expect(find({ lifecycle })).toEqual([])
    },
  )

  it('takes its severity from the active bindings of the agent', () => {
    const bindings = [
      binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'high' }),
      binding({ id: 'c', agentId: 'a', toolId: 't', risk: 'critical', state: 'revoked' }),
    ]
    expect(brief(find({}, { tools: [tool({ id: 't' })], bindings }))).toEqual(['agent:a - high [b]'])
    expect(brief(find({}))).toEqual(['agent:a - low []'])
  })
})
