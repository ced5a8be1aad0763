import { describe, expect, it } from 'vitest'
import type { LayerId } from '@/lib/layers'
import type { Mendable } from '@/lib/ownership/suggest/model'
import { groupsOf, suggestedFor } from './groups'

function row(id: string, layer: LayerId, subject: string, team: string | null): Mendable {
  const suggestions =
    team === null
      ? []
      : [{ team: { slug: team, name: `Team ${team}` }, person: null, score: 1, reasons: ['It runs it', 'More'] }]
  return {
    id,
    rule: 'layer-unowned',
    title: 'A control layer has no owner',
    layer,
    severity: 'high',
    state: 'open',
    subject: { type: 'agent', slug: subject, name: subject, id },
    affected: 2,
    point: null,
    since: '2026-11-01T00:00:00.000Z',
    dueAt: null,
    overdue: false,
    assignee: null,
    exception: null,
    comments: 0,
    explanation: '',
    at: { layer, scope: 'agent', subject, name: subject },
    expected: null,
    owner: null,
    suggestions,
  }
}

const rows = [
  row('1', 'monitoring', 'bot', 'soc'),
  row('2', 'identity', 'bot', 'iam'),
  row('3', 'identity', 'bat', null),
  row('4', 'identity', 'cat', 'iam'),
]
const shown = (by: Parameters<typeof groupsOf>[1]) =>
  groupsOf(rows, by).map(({ title, rows: of }) => [title, of.map(({ id }) => id).join()])

describe('groupsOf', () => {
  it('puts together by layer and likely owner, the largest of a layer first', () => {
    expect(shown('owner')).toEqual([
      ['Identity: Team iam', '2,4'],
      ['Identity: nobody likely', '3'],
      ['Monitoring: Team soc', '1'],
    ])
  })

  it('puts together by layer, and by subject', () => {
    expect(shown('layer')).toEqual([
      ['Identity', '2,3,4'],
      ['Monitoring', '1'],
    ])
    expect(shown('subject')).toEqual([
      ['bot', '1,2'],
      ['bat', '3'],
      ['cat', '4'],
    ])
  })
})

it('starts from the likeliest owner with its first reason, or from nobody', () => {
  expect(suggestedFor(row('1', 'identity', 'bot', 'iam'))).toMatchObject({
    team: { slug: 'iam' },
    reason: 'It runs it',
  })
  expect(suggestedFor(row('1', 'identity', 'bot', null))).toBeNull()
})
