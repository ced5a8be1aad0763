import { describe, expect, it } from 'vitest'
import { agentLifecycles, type RiskTier } from '@/lib/registry/model'
import { defaultGapPolicy } from '../model'
import type { AgentFact, AssignmentFact, BindingFact } from '../picture'
import { agent, assignment, binding, brief, findingsOf, hours, now, second, team } from '../testing/facts'
import { monitoringBlind } from './monitoring-blind'

const blind = { decisionLogSource: null, decisionLogSeenAt: null }
const watched = assignment({ id: 's', layer: 'monitoring', scope: 'agent', subjectId: 'a', teamId: 'soc' })
const b = (id: string, more: Partial<BindingFact> = {}) => binding({ id, agentId: 'a', toolId: 't', ...more })
const find = (
  more: Partial<AgentFact>,
  {
    bindings = [b('b')],
    assignments = [watched],
    policy = defaultGapPolicy,
  }: { bindings?: BindingFact[]; assignments?: AssignmentFact[]; policy?: typeof defaultGapPolicy } = {},
) =>
  findingsOf(
    monitoringBlind,
    { agents: [agent({ id: 'a', ...more })], teams: [team({ id: 'soc' })], bindings, assignments },
    now,
    policy,
  )

describe('monitoring-blind', () => {
  it.each<[RiskTier, string]>([
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
  ])('at %s risk is %s', (risk, severity) => {
    expect(brief(find(blind, { bindings: [b('b', { risk })] }))).toEqual([`agent:a monitoring ${severity} [b]`])
  })

  it.each([
    [null, now, 1],
    ['  ', now, 1],
    ['siem', null, 1],
    ['siem', now, 0],
    ['siem', now + second, 0],
    ['siem', now - hours(24) + second, 0],
    ['siem', now - hours(24), 0],
    ['siem', now - hours(24) - second, 1],
  ])('with the source %j seen at %s gives %i findings', (decisionLogSource, decisionLogSeenAt, findings) => {
    expect(find({ decisionLogSource, decisionLogSeenAt })).toHaveLength(findings)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, logSilenceHoursMax: 1 }
    expect(find({ decisionLogSeenAt: now - hours(1) }, { policy })).toEqual([])
    expect(find({ decisionLogSeenAt: now - hours(1) - second }, { policy })).toHaveLength(1)
  })

  it('leaves an agent whose monitoring nobody owns to layer-unowned', () => {
    expect(find(blind, { assignments: [] })).toEqual([])
    expect(find(blind, { assignments: [], bindings: [] })).toEqual([])
  })

  it('affects the bindings whose monitoring is owned', () => {
    const closer = assignment({ id: 'c', layer: 'monitoring', scope: 'binding', subjectId: 'b1', teamId: 'soc' })
    const bindings = [b('b1'), b('b2'), b('b3', { state: 'revoked' })]
    expect(brief(find(blind, { bindings, assignments: [closer] }))).toEqual(['agent:a monitoring medium [b1]'])
  })

  it('asks an agent that reaches no tool for its own monitoring', () => {
    expect(brief(find(blind, { bindings: [] }))).toEqual(['agent:a monitoring low []'])
    expect(brief(find(blind, { bindings: [b('b', { state: 'revoked' })] }))).toEqual(['agent:a monitoring low []'])
  })

  it.each(agentLifecycles.filter((lifecycle) => lifecycle !== 'active'))('is silent on a %s agent', (lifecycle) => {
    expect(find({ ...blind, lifecycle })).toEqual([])
  })

  it('says what is missing', () => {
    expect(find(blind)[0]?.explanation).toBe(
      'Monitoring of Agent a is owned, but no source of its decision logs is recorded.',
    )
    expect(find({ decisionLogSeenAt: null })[0]?.explanation).toBe(
      'Monitoring of Agent a is owned, but nothing was ever seen from its decision log siem.',
    )
    expect(find({ decisionLogSeenAt: now - hours(30) })[0]?.explanation).toBe(
      'Monitoring of Agent a is owned, but its decision log siem has been silent since 2026-10-30 18:00 UTC; the limit is 24 hours.',
    )
  })
})
