import { describe, expect, it } from 'vitest'
import { definitionSchema } from '../model'
import { durationWords, policyWords, scopeWords, stageWords } from './words'

const definition = definitionSchema.parse({
  kind: 'access',
  scope: { risk: ['high', 'critical'], team: ['cloud'] },
  stages: [
    {
      name: 'Owners',
      reviewers: { by: 'layer_lead', layer: 'privilege' },
      fallbacks: [{ by: 'sponsor' }],
      duration: 'P14D',
      escalation: [{ after: 'P1W', action: 'hand_to', to: { by: 'team', team: 'iga' } }],
    },
    { name: 'Sample', reviewers: { by: 'governance_lead' }, duration: 'P1D', takes: ['revoke'] },
  ],
  nonResponse: 'revoke',
  challengePeriod: 'P3D',
})

describe('a campaign in words', () => {
  it.each([
    ['P1D', '1 day'],
    ['P2W', '2 weeks'],
    ['P1M15D', '1 month 15 days'],
  ])('says %s as %s', (duration, words) => {
    expect(durationWords(duration)).toBe(words)
  })

  it('says what it asks about', () => {
    expect(scopeWords(definition)).toEqual({
      all: 'Those active bindings that match all of:',
      narrowed: [
        { by: 'Risk', to: 'high and critical' },
        { by: 'Team', to: 'cloud' },
      ],
    })
    const whole = definitionSchema.parse({ ...definition, kind: 'ownership', scope: {} })
    expect(scopeWords(whole)).toEqual({ all: 'All proposed and accepted ownership assignments.', narrowed: [] })
  })

  it('says whom a stage asks, for how long, and what happens when they are silent', () => {
    const [first, second] = definition.stages.map((stage, index) => stageWords(stage, index, 'access').join(' '))
    expect(first).toBe(
      'Asks the lead of the team that owns privilege; when there is nobody, the sponsor of the agent; at last the owner of the campaign. ' +
        'Lasts 14 days. Escalates: after 1 week without an answer it goes to the team iga.',
    )
    expect(second).toContain('Takes what the stage before ended as: revoked.')
  })

  it('says its rules', () => {
    expect(policyWords(definition)).toEqual([
      'What nobody answers is revoked.',
      'Those affected may contest a revocation for 3 days.',
      'Nobody reviews what they answer for themselves.',
      'Closes by itself when its stages are over.',
    ])
  })
})
