import { describe, expect, it } from 'vitest'
import { leavingEffects } from './leaving'

const person = { externalId: 'ana', assignments: { rows: [], more: false }, sponsored: { rows: [], more: false } }
const member = (externalId: string, role: 'lead' | 'member', status: 'active' | 'left' = 'active') => ({
  person: { id: externalId, externalId, name: externalId, status },
  role,
})
const team = (...rows: ReturnType<typeof member>[]) => ({
  name: 'Identity',
  status: 'active' as const,
  ownedCells: 12,
  members: { rows, more: false },
})

describe('leavingEffects', () => {
  it('says nothing of somebody nothing depends on', () => {
    expect(leavingEffects(person, [team(member('ana', 'member'), member('ben', 'lead'))])).toEqual([])
  })

  it('says that the last active member takes all that the team owns along', () => {
    expect(leavingEffects(person, [team(member('ana', 'lead'), member('ben', 'lead', 'left'))])).toEqual([
      'Identity has no active member left: all it owns is orphaned (12 cells).',
    ])
  })

  it('says that the only lead leaves nobody to answer for the team', () => {
    expect(leavingEffects(person, [team(member('ana', 'lead'), member('ben', 'member'))])).toEqual([
      'Identity has no lead left: nobody can accept or decline for it.',
    ])
  })

  it('leaves a dissolved team, and one that is not shown in full, alone', () => {
    const alone = team(member('ana', 'lead'))
    expect(leavingEffects(person, [{ ...alone, status: 'dissolved' }])).toEqual([])
    expect(leavingEffects(person, [{ ...alone, members: { ...alone.members, more: true } }])).toEqual([])
  })
})
