import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, nextInLine } from './next-in-line'

const line = (more: Partial<Line> = {}): Line => ({ leaver: 'ana', deputies: [], leads: [], managers: [], ...more })
const everybody = () => true
const nobody = new Set<string>()

describe('nextInLine', () => {
  const full = line({ deputies: ['ben', 'eve'], leads: ['lea'], managers: ['max', 'mia'] })

  it.each([
    ['the first deputy', full, [], [], { personId: 'ben', because: 'deputy' }],
    ['the next deputy when the first has left', full, ['ben'], [], { personId: 'eve', because: 'deputy' }],
    ['the next deputy when the first has declined', full, [], ['ben'], { personId: 'eve', because: 'deputy' }],
    ['the lead without an active deputy', full, ['ben', 'eve'], [], { personId: 'lea', because: 'team_lead' }],
    ['the lead without any deputy', line({ leads: ['lea'] }), [], [], { personId: 'lea', because: 'team_lead' }],
    ['the manager when no lead is left', full, ['ben', 'lea'], ['eve'], { personId: 'max', because: 'manager' }],
    [
      'the manager above one who left',
      line({ managers: ['max', 'mia'] }),
      ['max'],
      [],
      { personId: 'mia', because: 'manager' },
    ],
    [
      'never the leaver, who was their own lead',
      line({ leads: ['ana', 'lea'] }),
      [],
      [],
      { personId: 'lea', because: 'team_lead' },
    ],
    ['nobody when all have left or declined', full, ['ben', 'lea', 'max'], ['eve', 'mia'], null],
    ['nobody when there is nobody', line(), [], [], null],
  ] as const)('asks %s', (_, from, left, declined, expected) => {
    expect(nextInLine(from, (id) => !left.some((each) => each === id), new Set(declined))).toEqual(expected)
  })

  const person = fc.constantFrom<string[]>('ana', 'ben', 'eve', 'lea', 'max', 'mia')
  const people = fc.uniqueArray(person)
  const anyLine = fc.record({ leaver: person, deputies: people, leads: people, managers: people })

  it('only ever asks somebody of the line who is there, has not declined and is not the leaver', () => {
    fc.assert(
      fc.property(anyLine, people, people, (from, left, declined) => {
        const found = nextInLine(from, (id) => !left.includes(id), new Set(declined))
        const could = [...from.deputies, ...from.leads, ...from.managers].filter(
          (id) => id !== from.leaver && !left.includes(id) && !declined.includes(id),
        )
        expect(found === null).toBe(could.length === 0)
        if (found) expect(could).toContain(found.personId)
      }),
    )
  })

  /** However many decline, everybody who could take it on is asked once, and then it ends. */
  it('asks each once when each declines', () => {
    fc.assert(
      fc.property(anyLine, (from) => {
        const asked = new Set<string>()
        for (;;) {
          const next = nextInLine(from, everybody, asked)
          if (!next) break
          expect(asked.has(next.personId)).toBe(false)
          asked.add(next.personId)
        }
        const all = new Set([...from.deputies, ...from.leads, ...from.managers])
        all.delete(from.leaver)
        expect(asked).toEqual(all)
      }),
    )
  })

  it('asks who stands first, whatever comes after', () => {
    expect(nextInLine(full, everybody, nobody)).toEqual({ personId: 'ben', because: 'deputy' })
  })
})
