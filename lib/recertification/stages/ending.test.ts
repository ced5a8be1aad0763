import { describe, expect, it } from 'vitest'
import { type Definition, definitionSchema } from '../model'
import { extendsOnce, flowsAtEnd } from './ending'
import { dueSteps } from './escalate'

const stage = { name: 'Owners', reviewers: { by: 'layer_lead' as const }, duration: 'P14D' }
const definition = (more: object = {}): Definition =>
  definitionSchema.parse({ kind: 'access', stages: [stage], ...more })

const flow = (of: Definition, number = 1) =>
  Object.fromEntries(
    flowsAtEnd(of, number).map(({ from, to }) => [
      from.outcome ?? from.state,
      `${to.state} ${to.outcome ?? '-'} ${to.stage}`,
    ]),
  )

describe('flowsAtEnd', () => {
  it('settles everything after the last stage', () => {
    expect(flow(definition())).toEqual({
      open: 'settled no_response 1',
      certify: 'settled certify 1',
      reassign: 'settled reassign 1',
      revoke: 'settled revoke 1',
    })
  })
  it('revokes what nobody answered where the policy says so', () => {
    expect(flow(definition({ nonResponse: 'revoke' })).open).toBe('settled revoke 1')
  })
  it('takes on what the next stage takes, and settles the rest', () => {
    const two = definition({ stages: [stage, { ...stage, takes: ['certify', 'no_response'] }] })
    expect(flow(two)).toEqual({
      open: 'open - 2',
      certify: 'open - 2',
      reassign: 'settled reassign 1',
      revoke: 'settled revoke 1',
    })
  })
})

describe('extendsOnce', () => {
  it.each([
    ['extend_once', false, 3, true],
    ['extend_once', true, 3, false],
    ['extend_once', false, 0, false],
    ['gap', false, 3, false],
    ['revoke', false, 3, false],
  ] as const)('%s, extended %s, %i open: %s', (nonResponse, wasExtended, open, expected) => {
    expect(extendsOnce(definition({ nonResponse }), wasExtended, open)).toBe(expected)
  })
})

describe('dueSteps', () => {
  const step = (after: string) => ({ after, action: 'add' as const, to: { by: 'manager' as const } })
  const steps = [step('P5D'), step('P8D')]
  const startedAt = new Date('2026-10-20T15:00:00Z')
  const numbers = (now: string, timeZone = 'UTC') =>
    dueSteps(steps, { startedAt, now: new Date(now), timeZone }).map(({ number }) => number)

  it('takes a step on its day, and all of them after a long silence', () => {
    expect(numbers('2026-10-24T23:59:00Z')).toEqual([])
    expect(numbers('2026-10-25T00:00:00Z')).toEqual([1])
    expect(numbers('2026-10-28T00:00:00Z')).toEqual([1, 2])
    expect(numbers('2027-01-01T00:00:00Z')).toEqual([1, 2])
  })
  it('counts days where the organisation is, across a change of clocks', () => {
    expect(numbers('2026-10-24T22:00:00Z', 'Europe/Berlin')).toEqual([1])
    expect(numbers('2026-10-27T22:59:00Z', 'Europe/Berlin')).toEqual([1])
    expect(numbers('2026-10-27T23:00:00Z', 'Europe/Berlin')).toEqual([1, 2])
  })
})
