import { describe, expect, it } from 'vitest'
import type { ExceptionFact } from '../picture'
import type { Rule } from '../rule'
import { agent, binding, contract, days, exception, findingsOf, now, point, second, tool } from '../testing/facts'
import { boundaryMissing } from './boundary-missing'
import { contractDrift } from './contract-drift'
import { exceptionExpired } from './exception-expired'
import { standingCredential } from './standing-credential'
import { staticDecision } from './static-decision'

const rule: Rule = exceptionExpired([contractDrift, standingCredential, boundaryMissing, staticDecision])
const path = ['edge', 'app'].map((pointId) => ({ pointId, mode: 'enforces' as const }))
const risky = binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'critical', path })
const find = (exceptions: ExceptionFact[], bindings = [risky]) =>
  findingsOf(rule, {
    agents: [agent({ id: 'a' })],
    tools: [tool({ id: 't' })],
    points: [point({ id: 'edge', kind: 'gateway' }), point({ id: 'app' })],
    contracts: [contract({ id: 'c', toolId: 't' })],
    bindings,
    exceptions,
  })
const over = (more: Partial<ExceptionFact> = {}) =>
  exception({
    id: 'e',
    rule: 'boundary-missing',
    subjectType: 'binding',
    subjectId: 'b',
    expires: now - days(1),
    ...more,
  })
const drift = (more: Partial<ExceptionFact> = {}) =>
  over({ rule: 'contract-drift', subjectType: 'tool', subjectId: 't', ...more })
const places = (exceptions: ExceptionFact[], bindings = [risky]) =>
  find(exceptions, bindings).map(
    ({ subject, layer, pointId, severity, bindingIds }) =>
      `${subject.type}:${subject.id} ${layer} ${pointId ?? '-'} ${severity} [${bindingIds.join(' ')}]`,
  )

describe('exception-expired', () => {
  it.each([
    ['a second before it runs out', now + second, 0],
    ['as it runs out', now, 1],
    ['a second after it ran out', now - second, 1],
  ])('%s', (_, expires, findings) => {
    expect(find([over({ expires })])).toHaveLength(findings)
  })

  it('comes with the subject, layer, severity and bindings of what was excepted', () => {
    expect(places([over()])).toEqual(['binding:b privilege - critical [b]'])
    expect(places([over()], [{ ...risky, risk: 'high' }])).toEqual(['binding:b privilege - high [b]'])
  })

  it('is silent when what was excepted is mended', () => {
    expect(find([over()], [{ ...risky, boundary: 'a role that reads' }])).toEqual([])
  })

  it('is silent while another exception is in force in its place', () => {
    expect(find([over(), over({ id: 'new', expires: now + second })])).toEqual([])
    expect(find([over(), over({ id: 'other', rule: 'static-decision', expires: now + second })])).toHaveLength(1)
  })

  it('is one finding for each point', () => {
    expect(places([drift()])).toEqual(['tool:t enforcement app critical [b]', 'tool:t enforcement edge critical [b]'])
    expect(places([drift({ pointId: 'edge' })])).toEqual(['tool:t enforcement edge critical [b]'])
    expect(places([drift(), drift({ id: 'new', pointId: 'edge', expires: now + second })])).toEqual([
      'tool:t enforcement app critical [b]',
    ])
  })

  it('is one finding for several rules that were excepted at one layer', () => {
    const bindings = [{ ...risky, credentialType: 'long_lived' as const, decisionMode: 'static' as const }]
    const all = ['boundary-missing', 'standing-credential', 'static-decision'].map((id) => over({ id, rule: id }))
    expect(places(all, bindings)).toEqual([
      'binding:b privilege - critical [b]',
      'binding:b enforcement - critical [b]',
    ])
    expect(find(all, bindings)[0]?.explanation).toContain('“High-risk access on a standing credential” was accepted')
  })

  it.each(['rule', 'subjectId'] as const)('knows nothing of an exception with another %s', (key) => {
    expect(find([over({ [key]: 'other' })])).toEqual([])
  })

  it('says who accepted it, why and until when', () => {
    const exceptions = [over({ expires: now - days(9), reason: 'Older' }), over({ id: 'f', reason: 'Migration' })]
    expect(find(exceptions)[0]?.explanation).toBe(
      '“High-risk access without a privilege boundary” was accepted by Ana until 2026-10-31 (Migration), and it is still so: b is at critical risk, and no privilege boundary says where its power ends.',
    )
  })
})
