import { describe, expect, it } from 'vitest'
import { changesOf } from './question'

describe('the changes that an address asks about', () => {
  it.each([
    [{}, []],
    [{ dissolveTeam: 'iam' }, [{ kind: 'dissolve_team', team: 'iam' }]],
    [{ moveFrom: 'iam' }, []],
    [{ moveFrom: 'iam', to: 'sec' }, [{ kind: 'move_ownership', from: 'iam', to: 'sec' }]],
    [
      { moveFrom: 'iam', to: 'sec', tools: 'crm,erp', dissolveTeam: 'iam' },
      [
        { kind: 'move_ownership', from: 'iam', to: 'sec', tools: ['crm', 'erp'] },
        { kind: 'dissolve_team', team: 'iam' },
      ],
    ],
    [{ retireAgent: 'Not a slug' }, []],
  ])('%j', (question, changes) => {
    expect(changesOf(question)).toEqual(changes)
  })
})
