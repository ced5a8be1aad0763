import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/use-cases/errors'
import { type AssignmentState, assignmentStates } from './model'
import { type AssignmentEvent, canTake, next } from './states'

const events = ['accept', 'decline', 'end'] as const

const edges: [AssignmentState, AssignmentEvent, AssignmentState][] = [
  ['proposed', 'accept', 'accepted'],
  ['proposed', 'decline', 'declined'],
  ['proposed', 'end', 'ended'],
  ['accepted', 'end', 'ended'],
]

describe('the states of an assignment', () => {
  it.each(edges)('%s, %s → %s', (state, event, after) => {
    expect(canTake(state, event)).toBe(true)
    expect(next(state, event)).toBe(after)
  })

  const others = assignmentStates.flatMap((state) =>
    events
      .filter((event) => !edges.some(([from, by]) => from === state && by === event))
      .map((event) => [state, event] as const),
  )
  it.each(others)('refuses %s, %s with the reason', (state, event) => {
    expect(canTake(state, event)).toMatch(/It is/)
    expect(() => next(state, event)).toThrow(DomainError)
  })
})
