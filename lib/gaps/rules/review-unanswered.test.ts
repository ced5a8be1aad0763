import { describe, expect, it } from 'vitest'
import { agent, assignment, binding, brief, days, findingsOf, now, second, team } from '../testing/facts'
import { reviewUnanswered } from './review-unanswered'

const asked = now - days(3)
const silent = { unansweredAt: asked, unansweredIn: 'Autumn' }
const access = (more: Partial<Parameters<typeof binding>[0]> = {}) =>
  binding({ id: 'b', agentId: 'a', toolId: 't', certifiedAt: now - days(90), ...silent, ...more })
const find = (more?: Partial<Parameters<typeof binding>[0]>) =>
  findingsOf(reviewUnanswered, { bindings: [access(more)] })

describe('review-unanswered on access', () => {
  it('fires until somebody answers', () => {
    expect(find()[0]?.explanation).toBe('Nobody answered about b until the campaign “Autumn” ended on 2026-10-29.')
    expect(find({ unansweredAt: null, unansweredIn: null })).toEqual([])
  })

  it('is severe by risk', () => {
    expect(brief(find({ risk: 'critical' }))).toEqual(['binding:b - high [b]'])
    expect(brief(find({ risk: 'low' }))).toEqual(['binding:b - low [b]'])
  })

  it.each([
    ['certified a second later', { certifiedAt: asked + second }, 0],
    ['certified the same moment', { certifiedAt: asked }, 1],
    ['never certified', { certifiedAt: null }, 1],
    ['granted anew since', { activeSince: asked + second }, 0],
    ['granted before', { activeSince: asked - second }, 1],
    ['nobody knows since when it is active', { activeSince: null }, 1],
  ] as const)('judges access %s', (_, more, findings) => {
    expect(find(more)).toHaveLength(findings)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find({ state })).toEqual([])
  })
})

describe('review-unanswered on an owner', () => {
  const owner = (more: Partial<Parameters<typeof assignment>[0]> = {}) =>
    assignment({ id: 's', layer: 'identity', scope: 'agent', subjectId: 'a', teamId: 'iam', ...silent, ...more })
  const estate = {
    teams: [team({ id: 'iam', name: 'IAM' })],
    agents: [agent({ id: 'a' })],
    bindings: [access({ unansweredAt: null, risk: 'high' })],
  }

  it('names the team, the layer and what is concerned', () => {
    const [finding] = findingsOf(reviewUnanswered, { ...estate, assignments: [owner()] })
    expect(finding?.explanation).toBe(
      'Nobody answered whether IAM still owns identity here until the campaign “Autumn” ended on 2026-10-29. It concerns 1 active binding.',
    )
    expect(brief(finding ? [finding] : [])).toEqual(['assignment:s identity high [b]'])
  })

  it('affects only what it supplies', () => {
    const nearer = owner({ id: 'n', scope: 'binding', subjectId: 'b', unansweredAt: null })
    expect(brief(findingsOf(reviewUnanswered, { ...estate, assignments: [owner(), nearer] }))).toEqual([
      'assignment:s identity low []',
    ])
  })

  it.each(['declined', 'ended'] as const)('is silent on one that is %s', (state) => {
    expect(findingsOf(reviewUnanswered, { ...estate, assignments: [owner({ state })] })).toEqual([])
  })

  it('is silent where nothing is left to own', () => {
    const idle = { ...estate, agents: [agent({ id: 'a', lifecycle: 'retired' })], bindings: [] }
    expect(findingsOf(reviewUnanswered, { ...idle, assignments: [owner()] })).toEqual([])
  })
})
