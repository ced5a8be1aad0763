import { describe, expect, it } from 'vitest'
import { holds, namesIn, projected } from './project'
import { groupType, type JsonObject, userType } from './schema'
import { barbara, enterprise } from './testing/samples'

const resource: JsonObject = { schemas: ['s'], id: '1', ...barbara, meta: { version: 'W/"1"' } }
const only = (names: string) => projected(userType, resource, { attributes: namesIn(names), excluded: [] })
const but = (names: string) => projected(userType, resource, { attributes: null, excluded: namesIn(names) })

describe('an answer', () => {
  it('holds what was asked for, and always the id', () => {
    expect(only('userName, name.givenName')).toEqual({
      schemas: ['s'],
      id: '1',
      userName: 'bjensen@example.org',
      name: { givenName: 'Barbara' },
    })
    expect(only('emails.value,emails.type').emails).toEqual([
      { value: 'bjensen@example.org', type: 'work' },
      { value: 'babs@example.net', type: 'home' },
    ])
    expect(only(`${enterprise}:department`)[enterprise]).toEqual({ department: 'Tours' })
    expect(only('nobodyKnows')).toEqual({ schemas: ['s'], id: '1' })
  })

  it('leaves out what was not wanted, but never the id', () => {
    const left = but('emails.type,name,id,active')
    expect(left).not.toHaveProperty('name')
    expect(left).not.toHaveProperty('active')
    expect(left).toMatchObject({
      id: '1',
      emails: [{ value: 'bjensen@example.org', primary: true }, { value: 'babs@example.net' }],
    })
    expect(resource.emails).toHaveLength(2)
  })

  it('says whether members have to be told', () => {
    expect(holds(groupType, { attributes: null, excluded: [] }, 'members')).toBe(true)
    expect(holds(groupType, { attributes: null, excluded: ['members'] }, 'members')).toBe(false)
    expect(holds(groupType, { attributes: ['displayName'], excluded: [] }, 'members')).toBe(false)
    expect(holds(groupType, { attributes: ['members.value'], excluded: [] }, 'members')).toBe(true)
    expect(holds(groupType, { attributes: null, excluded: ['members.display'] }, 'members')).toBe(true)
  })
})
