import { describe, expect, it } from 'vitest'
import { agentLifecycles } from '@/lib/registry/model'
import { agent, binding, brief, findingsOf, tool } from '../testing/facts'
import { shadowAgent } from './shadow-agent'

describe('shadow-agent', () => {
  it.each(agentLifecycles)('on a %s agent', (lifecycle) => {
    const findings = findingsOf(shadowAgent, { agents: [agent({ id: 'a', lifecycle })] })
    expect(brief(findings)).toEqual(lifecycle === 'discovered' ? ['agent:a - medium []'] : [])
  })

  it('is graver with what the agent can already reach', () => {
    const agents = [agent({ id: 'a', lifecycle: 'discovered' })]
    const bindings = [binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'critical' })]
    const [finding] = findingsOf(shadowAgent, { agents, tools: [tool({ id: 't' })], bindings })
    expect(brief(finding ? [finding] : [])).toEqual(['agent:a - critical [b]'])
    expect(finding?.explanation).toBe('Agent a was found by an import and adopted by nobody; it has 1 active binding.')
  })
})
