import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDocument } from '@/lib/transparency/committed'
import type { Json } from './model'
import { PersonalValues } from './personal'

let salts = 0
const newSalt = () => {
  salts += 1
  return new Uint8Array(32).fill(salts % 256)
}
const split = (kind: string, value: Json) => {
  const values = new PersonalValues(newSalt)
  return { value: values.commitIn(kind, '/after', value), openings: values.openings }
}

describe('personal values of an event', () => {
  it('are names and addresses of people and what people wrote; ids stay', () => {
    const id = '018f4c3e-0000-7000-8000-000000000001'
    const after = { name: 'Mei Tanaka', email: 'mei@example.org', externalId: 'mei', manager: null, id }
    const { value, openings } = split('person', after)
    expect(value).toMatchObject({ externalId: 'mei', manager: null, id })
    expect(openings.map(({ pointer, value: hidden }) => [pointer, hidden])).toEqual([
      ['/after/name', 'Mei Tanaka'],
      ['/after/email', 'mei@example.org'],
    ])
    expect(new Set(openings.map(({ digest }) => digest)).size).toBe(2)
    expect(split('gap', { comment: id, text: 'Ask Mei.' }).openings.map(({ pointer }) => pointer)).toEqual([
      '/after/text',
    ])
    expect(split('agent', { name: 'claims-payer' }).openings).toEqual([])
    const team = split('team', { name: 'Platform', contact: 'mei@example.org' })
    expect(team.openings.map(({ pointer }) => pointer)).toEqual(['/after/contact'])
  })

  it('are found in lists of changes, each by what it is about', () => {
    const changes = [
      { subjectType: 'person', after: { name: 'Hana Kim' } },
      { subjectType: 'team', after: { name: 'Platform' } },
    ]
    expect(split('what_if', { changes }).openings.map(({ pointer }) => pointer)).toEqual([
      '/after/changes/0/after/name',
    ])
  })

  it('come back when they are opened, whatever the event holds', () => {
    fc.assert(
      fc.property(fc.jsonValue() as fc.Arbitrary<Json>, fc.string(), (value, text) => {
        const after: Json = { value, text: `${text}.`, 'a/b~c': { comment: 'yes' } }
        const { value: hidden, openings } = split('gap', after)
        expect(openDocument({ after: hidden }, openings)).toEqual({ document: { after } })
      }),
    )
  })
})
