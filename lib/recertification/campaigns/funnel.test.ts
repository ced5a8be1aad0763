import { describe, expect, it } from 'vitest'
import { answersByDay, stageFunnel } from './funnel'
import { outcomesOf, progressOf } from './progress'

/** A hundred items: sixty answered in the first stage, of which ten revocations stay; ninety go on to the second. */
const items = [
  { stage: 1, state: 'settled' as const, outcome: 'revoke' as const, items: 10 },
  { stage: 2, state: 'open' as const, outcome: null, items: 70 },
  { stage: 2, state: 'answered' as const, outcome: 'certify' as const, items: 18 },
  { stage: 2, state: 'withdrawn' as const, outcome: null, items: 2 },
]
const decisions = [
  { stage: 1, day: '2026-11-03', verdict: 'certify' as const, decisions: 50 },
  { stage: 1, day: '2026-11-02', verdict: 'revoke' as const, decisions: 10 },
  { stage: 1, day: '2026-11-02', verdict: 'not_mine' as const, decisions: 5 },
  { stage: 2, day: '2026-11-20', verdict: 'certify' as const, decisions: 18 },
]

describe('the funnel of a stage', () => {
  it('counts what went on as asked here', () => {
    expect(stageFunnel(1, items, decisions)).toEqual({
      asked: 100,
      open: 0,
      answered: 60,
      byAnswer: { certify: 50, reassign: 0, revoke: 10 },
      unanswered: 40,
      withdrawn: 0,
    })
  })

  it('adds up while a stage runs', () => {
    const funnel = stageFunnel(2, items, decisions)
    expect(funnel).toMatchObject({ asked: 90, open: 70, answered: 18, unanswered: 0, withdrawn: 2 })
    expect(funnel.open + funnel.answered + funnel.unanswered + funnel.withdrawn).toBe(funnel.asked)
  })

  it('is empty before it begins', () => {
    expect(stageFunnel(3, items, decisions)).toMatchObject({ asked: 0, open: 0, answered: 0 })
  })
})

describe('numbers of a campaign', () => {
  it('tell answers by day from other words', () => {
    expect(answersByDay(decisions)).toEqual([
      { day: '2026-11-02', certify: 0, reassign: 0, revoke: 10, answers: 10 },
      { day: '2026-11-03', certify: 50, reassign: 0, revoke: 0, answers: 50 },
      { day: '2026-11-20', certify: 18, reassign: 0, revoke: 0, answers: 18 },
    ])
  })

  it('say how far it has come', () => {
    expect(progressOf(items, { items: 100, itemsReady: 100 })).toEqual({
      items: 100,
      ready: 100,
      open: 70,
      answered: 28,
      unanswered: 0,
      withdrawn: 2,
      contested: 0,
      applied: 0,
    })
    expect(outcomesOf(items)).toEqual({ certify: 18, reassign: 0, revoke: 10, no_response: 0 })
  })
})
