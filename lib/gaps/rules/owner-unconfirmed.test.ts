import { describe, expect, it } from 'vitest'
import type { OwnershipScope } from '@/lib/ownership/model'
import { defaultGapPolicy } from '../model'
import type { AssignmentFact } from '../picture'
import { agent, assignment, binding, brief, days, findingsOf, now, point, second, team, tool } from '../testing/facts'
import { ownerUnconfirmed } from './owner-unconfirmed'

const facts = {
  agents: [agent({ id: 'a' })],
  tools: [tool({ id: 't', applicationId: 'p' })],
  points: [point({ id: 'p' }), point({ id: 'edge', kind: 'gateway' })],
  teams: [team({ id: 'x', name: 'Team X' })],
  bindings: [
    binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'critical', path: [{ pointId: 'edge', mode: 'enforces' }] }),
  ],
}
const named = (more: Partial<AssignmentFact> = {}) =>
  assignment({
    id: 's',
    layer: 'identity',
    scope: 'agent',
    subjectId: 'a',
    teamId: 'x',
    state: 'proposed',
    proposedAt: now - days(20),
    ...more,
  })
const find = (assignments: readonly AssignmentFact[], over: Partial<Parameters<typeof findingsOf>[1]> = {}) =>
  findingsOf(ownerUnconfirmed, { ...facts, assignments, ...over })

describe('owner-unconfirmed on a silent team', () => {
  it.each([
    ['a second before 14 days', days(14) - second, 0],
    ['at exactly 14 days', days(14), 0],
    ['a second after 14 days', days(14) + second, 1],
  ])('%s: %3$i', (_, age, findings) => {
    expect(find([named({ proposedAt: now - age })])).toHaveLength(findings)
  })

  it('counts from when the team was named, not from when the ownership begins', () => {
    expect(find([named({ validFrom: now - days(1), proposedAt: now - days(15) })])).toHaveLength(1)
    expect(find([named({ validFrom: now - days(99), proposedAt: now - days(1) })])).toHaveLength(0)
  })

  it('measures against the policy', () => {
    const picture = { ...facts, assignments: [named({ proposedAt: now - days(4) })] }
    expect(findingsOf(ownerUnconfirmed, picture, now, { ...defaultGapPolicy, acceptWithinDays: 3 })).toHaveLength(1)
  })

  it.each([
    ['has accepted', { state: 'accepted' }],
    ['is no longer asked', { state: 'ended' }],
    ['was asked for a time that is over', { validTo: now }],
    ['is asked for a time to come', { validFrom: now + 1 }],
  ] as const)('is silent when the team %s', (_, more) => {
    expect(find([named(more)])).toEqual([])
  })

  it('affects the bindings it supplies, and none that a more specific owner has', () => {
    const closer = assignment({ id: 'closer', layer: 'identity', scope: 'binding', subjectId: 'b', teamId: 'x' })
    expect(brief(find([named()]))).toEqual(['assignment:s identity high [b]'])
    expect(brief(find([named(), closer]))).toEqual(['assignment:s identity low []'])
  })

  it('says who was named and when', () => {
    expect(find([named()])[0]?.explanation).toBe(
      'Team X was named owner of identity on 2026-10-12 and has not accepted within 14 days. It concerns 1 active binding.',
    )
  })
})

describe('owner-unconfirmed on a team that declined', () => {
  const declined = named({ state: 'declined' })
  const next = (more: Partial<AssignmentFact>) => named({ id: 'next', proposedAt: now - days(1), ...more })

  it('fires at once when nobody else was named', () => {
    const findings = find([{ ...declined, proposedAt: now }])
    expect(brief(findings)).toEqual(['assignment:s identity high [b]'])
    expect(findings[0]?.explanation).toContain('has declined; nobody else is named there')
  })

  it.each([
    ['another team is named there', next({})],
    ['another team owns it there', next({ state: 'accepted' })],
    ['another team is to own it later', next({ state: 'accepted', validFrom: now + days(5) })],
    ['a later owner was ended since', next({ state: 'ended' })],
    ['an owner from before stands there', next({ state: 'accepted', proposedAt: now - days(50) })],
  ])('is silent when %s', (_, other) => {
    expect(find([declined, other]).filter(({ subject }) => subject.id === 's')).toEqual([])
  })

  it.each([
    ['an earlier owner there was ended', next({ state: 'ended', proposedAt: now - days(30) })],
    ['an earlier owner there has run out', next({ state: 'accepted', proposedAt: now - days(30), validTo: now })],
    ['the other owner is of another layer', next({ layer: 'monitoring', state: 'accepted' })],
    ['the other owner is of another agent', next({ subjectId: 'other', state: 'accepted' })],
  ])('fires when %s', (_, other) => {
    expect(find([declined, other]).map(({ subject }) => subject.id)).toEqual(['s'])
  })

  it('is one finding on the newest when two teams declined one after the other', () => {
    expect(find([declined, next({ state: 'declined' })]).map(({ subject }) => subject.id)).toEqual(['next'])
  })

  it('affects what it would supply: bindings owned by nobody or by a wider owner', () => {
    const wide = assignment({ id: 'wide', layer: 'identity', scope: 'organisation', teamId: 'x' })
    expect(brief(find([declined, wide]))).toEqual(['assignment:s identity high [b]'])
  })
})

describe('owner-unconfirmed counts a subject', () => {
  const none = { bindings: [] }
  it.each<[OwnershipScope, string | null, Parameters<typeof findingsOf>[1], number, string]>([
    ['agent', 'a', facts, 1, 'with an active binding'],
    ['agent', 'a', { ...facts, ...none }, 1, 'that is active'],
    ['agent', 'a', { ...facts, ...none, agents: [agent({ id: 'a', lifecycle: 'proposed' })] }, 0, 'that is not active'],
    ['tool', 't', facts, 1, 'that an active binding reaches'],
    ['tool', 't', { ...facts, ...none }, 0, 'that no active binding reaches'],
    ['binding', 'b', facts, 1, 'that is active'],
    ['binding', 'b', { ...facts, ...none }, 0, 'that is not active'],
    ['enforcement_point', 'p', facts, 1, 'as the application of a reached tool'],
    ['enforcement_point', 'edge', facts, 1, 'on the path of an active binding'],
    ['enforcement_point', 'edge', { ...facts, ...none }, 0, 'on no path'],
    ['organisation', null, { ...facts, ...none, agents: [] }, 1, 'always'],
  ])('%s %s: %5$s', (scope, subjectId, picture, findings) => {
    const layer = scope === 'enforcement_point' ? 'enforcement' : 'identity'
    expect(find([named({ layer, scope, subjectId })], picture)).toHaveLength(findings)
  })
})
