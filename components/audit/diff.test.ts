import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffBetween, fieldTitle } from './diff'

const names = { people: { grace: 'Grace Mutua' }, teams: { iam: 'Identity and access' } }
const diff = (before: unknown, after: unknown) => diffBetween(before, after, names)
const value = (field: string, was: string | null, is: string | null) => ({ kind: 'value', field, was, is })

describe('a diff', () => {
  it('tells values from what to what, in words', () => {
    expect(
      diff(
        {
          slug: 'scout',
          decisionMode: 'static',
          present: false,
          sponsor: null,
          intent: { text: 'Look up', approvedBy: null },
        },
        {
          slug: 'scout',
          decisionMode: 'runtime',
          present: true,
          sponsor: 'grace',
          intent: { text: 'Look up', approvedBy: 'grace' },
        },
      ),
    ).toEqual([
      value('Decision mode', 'static', 'runtime'),
      value('Present', 'no', 'yes'),
      value('Sponsor', null, 'Grace Mutua'),
      value('Intent, approved by', null, 'Grace Mutua'),
    ])
  })

  it('tells what was made by what was filled in, and what was taken away by what there was', () => {
    expect(diff(null, { slug: 'x', name: 'Scout', purpose: '', team: 'iam', lifetime: 3600 })).toEqual([
      value('Name', null, 'Scout'),
      value('Team', null, 'Identity and access'),
      value('Lifetime', null, '3,600'),
    ])
    expect(diff({ from: 'a', to: 'b' }, null)).toEqual([value('From', 'a', null), value('To', 'b', null)])
  })

  it('tells lists by what came and went', () => {
    const members = (...people: [string, string][]) => ({ members: people.map(([person, role]) => ({ person, role })) })
    expect(
      diff(members(['grace', 'lead'], ['ben', 'member']), members(['grace', 'member'], ['ben', 'member'])),
    ).toEqual([
      { kind: 'list', field: 'Members', added: ['Grace Mutua, member'], removed: ['Grace Mutua, lead'], kept: 1 },
    ])
    expect(diff({ actions: ['read'] }, { actions: ['read', 'write_all'] })).toEqual([
      { kind: 'list', field: 'Actions', added: ['write all'], removed: [], kept: 1 },
    ])
    expect(diff({ path: ['a', 'b'] }, { path: ['b', 'a'] })).toEqual([value('Path', 'a, b', 'b, a')])
    expect(diff({ actions: null }, { actions: [] })).toEqual([])
  })

  it('leaves out ids that no name is known for, as long as something else tells what it is', () => {
    const id = '01a22315-ed83-7153-bfd0-d0345b5b1142'
    expect(diff(null, { batch: id, decisions: [{ id, stage: 1, subject: 'scout/mail', verdict: 'certify' }] })).toEqual(
      [{ kind: 'list', field: 'Decisions', added: ['scout/mail, stage 1, certify'], removed: [], kept: 0 }],
    )
    expect(diff(null, { items: [{ id }] })).toEqual([
      { kind: 'list', field: 'Items', added: [`id ${id}`], removed: [], kept: 0 },
    ])
    expect(diff({ assignment: id }, { assignment: null })).toEqual([value('Assignment', id, null)])
  })

  it('writes times as people read them, and leaves other texts alone', () => {
    expect(diff({ at: '2026-01-05T10:00:00.000Z' }, { at: '2026-01-06T10:00:00.000Z' })).toEqual([
      value('At', '2026-01-05 10:00 UTC', '2026-01-06 10:00 UTC'),
    ])
    expect(diff({ name: 'My_Agent 2' }, { name: 'my_Agent' })).toEqual([value('Name', 'My_Agent 2', 'my_Agent')])
  })

  it('says that a personal value was erased', () => {
    expect(diff(null, { email: { $committed: 'ab'.repeat(32) } })).toEqual([
      value('Email', null, 'a personal value that was erased'),
    ])
  })

  it('finds nothing between a record and itself, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        expect(diff(record, record)).toEqual([])
      }),
    )
  })

  it('shows the very value of every text field that differs', () => {
    const text = fc.stringMatching(/^[A-Z][a-z ]{1,20}$/)
    fc.assert(
      fc.property(text, text, (was, is) => {
        fc.pre(was !== is)
        expect(diff({ purpose: was }, { purpose: is })).toEqual([value('Purpose', was, is)])
      }),
    )
  })
})

it('reads fields as people do', () => {
  expect(fieldTitle('intent.approvedBy')).toBe('Intent, approved by')
})
