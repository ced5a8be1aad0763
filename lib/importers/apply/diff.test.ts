import { describe, expect, it } from 'vitest'
import { type PresentRow, planEntity } from './diff'
import type { Fields } from './fields'

const row = (fields: Fields, editedFields: string[] = []): PresentRow => ({ id: '1', editedFields, fields })

describe('planEntity', () => {
  it('creates what is not there, with the defaults where the source is silent', () => {
    const plan = planEntity(undefined, { name: 'A' }, { purpose: '', risk: 'medium' })
    expect(plan).toMatchObject({ action: 'create', after: { name: 'A', purpose: '', risk: 'medium' } })
    expect(plan.changes).toEqual([{ field: 'name', from: null, to: 'A' }])
  })

  const is = { name: 'A', purpose: 'Answers', actions: ['read', 'write'], 'intent.text': 'Look up' }
  it.each<[string, Fields, string[], 'update' | 'unchanged', Fields, string[]]>([
    ['nothing said', {}, [], 'unchanged', is, []],
    ['the same said', { name: 'A', actions: ['read', 'write'] }, [], 'unchanged', is, []],
    ['another name', { name: 'B' }, [], 'update', { ...is, name: 'B' }, []],
    ['another order', { actions: ['write', 'read'] }, [], 'update', { ...is, actions: ['write', 'read'] }, []],
    ['a field edited by hand', { name: 'B' }, ['name'], 'unchanged', is, ['name']],
    ['one edited, one not', { name: 'B', purpose: 'C' }, ['name'], 'update', { ...is, purpose: 'C' }, ['name']],
    ['a part of an edited key', { 'intent.text': 'Else' }, ['intent'], 'unchanged', is, ['intent.text']],
    ['an edited field the source agrees with', { name: 'A' }, ['name'], 'unchanged', is, []],
    ['a field the registry has nothing for', { boundary: 'role' }, [], 'update', { ...is, boundary: 'role' }, []],
  ])('%s', (_, wanted, edited, action, after, conflicts) => {
    const plan = planEntity(row(is, edited), wanted, {})
    expect(plan.action).toBe(action)
    expect(plan.after).toEqual(after)
    expect(plan.conflicts.map(({ field }) => field)).toEqual(conflicts)
  })

  it('comes to rest: what was planned, planned again, changes nothing', () => {
    const wanted = { name: 'B', actions: [] }
    const { after } = planEntity(row(is), wanted, {})
    expect(planEntity(row(after), wanted, {}).action).toBe('unchanged')
  })
})
