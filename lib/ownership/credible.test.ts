import { expect, it } from 'vitest'
import { person, pictureOf, team } from '@/lib/gaps/testing/facts'
import { discredit, isCredible } from './credible'

const people = [person({ id: 'ana' }), person({ id: 'gone', status: 'left' })]
const teams = [
  team({ id: 'iam' }),
  team({ id: 'dissolved', status: 'dissolved' }),
  team({ id: 'empty', hasActiveMember: false }),
]

it.each([
  ['an active team with an active member', 'iam', null, null],
  ['such a team and an accountable person who is here', 'iam', 'ana', null],
  ['such a team and an accountable person who left', 'iam', 'gone', 'person-left'],
  ['a dissolved team', 'dissolved', 'ana', 'team-dissolved'],
  ['a team without an active member', 'empty', 'ana', 'team-empty'],
  ['a dissolved team and a person who left', 'dissolved', 'gone', 'team-dissolved'],
])('%s', (_, teamId, personId, reason) => {
  const picture = pictureOf({ people, teams })
  expect(discredit({ teamId, personId }, picture)).toBe(reason)
  expect(isCredible({ teamId, personId }, picture)).toBe(reason === null)
})
