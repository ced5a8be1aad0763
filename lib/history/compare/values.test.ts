import { describe, expect, it } from 'vitest'
import { comparedKinds, comparisons, howsOf } from './kinds'
import { namesOf, type References, referred, sidesOf } from './values'

const ada = '0190a000-0000-7000-8000-000000000001'
const iam = '0190a000-0000-7000-8000-000000000002'
const gone = '0190a000-0000-7000-8000-000000000003'

const known: References = {
  person: new Map([[ada, { key: 'ada', name: 'Ada King' }]]),
  team: new Map([[iam, { key: 'iam', name: 'Identity' }]]),
  point: new Map(),
}
const { fields } = comparisons.binding
const was = { state: 'active', risk: 'low', intent_approved_by_id: ada, active_since: '2026-03-01T10:00:00+02:00' }

describe('both sides of a difference', () => {
  it('are the fields that differ, with people by their keys and instants in UTC', () => {
    const is = { ...was, risk: 'high', intent_approved_by_id: null, active_since: '2026-03-02T00:00:00.25+00:00' }
    expect(sidesOf(fields, was, is, known)).toEqual({
      before: { risk: 'low', intent: { approvedBy: 'ada' }, activeSince: '2026-03-01T08:00:00.000Z' },
      after: { risk: 'high', intent: { approvedBy: null }, activeSince: '2026-03-02T00:00:00.250Z' },
    })
  })

  it('are everything of what came or went, and nothing on the side where it is not', () => {
    const { before, after } = sidesOf(comparisons.team.fields, null, { name: 'Pay', function: 'iam' }, known)
    expect(before).toBeNull()
    expect(after).toEqual({ name: 'Pay', function: 'iam', status: null, contact: null })
  })

  it('show the id of what is not there any more', () => {
    expect(sidesOf(comparisons.gap.fields, { assignee_id: gone }, { assignee_id: ada }, known)).toEqual({
      before: { assignee: gone },
      after: { assignee: 'ada' },
    })
  })
})

it('finds whom rows refer to, once each', () => {
  const rows = [{ team_id: iam, person_id: ada }, null, { team_id: iam, person_id: null }]
  expect(referred(comparisons.assignment.fields, rows)).toEqual({ person: [ada], team: [iam], point: [] })
})

it('names people and teams by their keys', () => {
  expect(namesOf(known)).toEqual({ people: { ada: 'Ada King' }, teams: { iam: 'Identity' } })
})

it('says of each kind in which ways it differs', () => {
  expect(howsOf('owner')).toEqual(['added', 'moved', 'changed', 'gone'])
  expect(howsOf('gap')).toEqual(['opened', 'changed', 'closed'])
  for (const kind of comparedKinds) expect(comparisons[kind].fields.length, kind).toBeGreaterThan(0)
})
