import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignmentStates } from '@/lib/ownership/model'
import { confirmedAt, ownersAt, type RecordedAssignment } from './believed'

const target = { bindingId: 'b', agentId: 'a', toolId: 't', applicationId: 'p' }
const [march, april, may] = [300, 400, 500]

const recorded = (more: Partial<RecordedAssignment> = {}): RecordedAssignment => ({
  id: '1',
  layer: 'identity',
  scope: 'agent',
  subjectId: 'a',
  teamId: 'iam',
  personId: null,
  state: 'accepted',
  validFrom: march,
  validTo: null,
  proposedAt: march,
  decidedAt: null,
  ...more,
})

describe('the owners at an instant', () => {
  it('are those whose assignment holds then, however late it was recorded', () => {
    expect(ownersAt(target, [recorded()], march).get('identity')?.id).toBe('1')
    expect(ownersAt(target, [recorded()], march - 1).size).toBe(0)
  })

  it('hold until they end', () => {
    const ended = recorded({ state: 'ended', validTo: april })
    const next = recorded({ id: '2', validFrom: april })
    expect(ownersAt(target, [ended, next], april - 1).get('identity')?.id).toBe('1')
    expect(ownersAt(target, [ended, next], april).get('identity')?.id).toBe('2')
  })

  it('are never those who declined', () => {
    const wider = recorded({ id: '2', scope: 'organisation', subjectId: null })
    expect(ownersAt(target, [recorded({ state: 'declined' }), wider], may).get('identity')?.id).toBe('2')
  })

  it('are confirmed once the team has said yes', () => {
    const decided = recorded({ decidedAt: april })
    expect([march, april, may].map((at) => confirmedAt(decided, at))).toEqual([false, true, true])
    expect(confirmedAt(recorded({ state: 'proposed' }), may)).toBe(false)
    expect(confirmedAt(recorded(), march)).toBe(true)
    expect(confirmedAt(recorded({ state: 'ended', validTo: may, decidedAt: april }), april)).toBe(true)
  })

  it('always come from an assignment that covers the instant and was not declined', () => {
    const assignment = fc
      .record({
        id: fc.uuid(),
        state: fc.constantFrom(...assignmentStates),
        validFrom: fc.integer({ min: 0, max: 1000 }),
        length: fc.option(fc.integer({ min: 0, max: 300 })),
      })
      .map(({ length, validFrom, ...rest }) =>
        recorded({ ...rest, validFrom, validTo: length === null ? null : validFrom + length }),
      )
    fc.assert(
      fc.property(fc.array(assignment, { maxLength: 6 }), fc.integer({ min: 0, max: 1300 }), (all, at) => {
        const covers = all.filter(
          ({ state, validFrom, validTo }) =>
            state !== 'declined' && validFrom <= at && (validTo === null || at < validTo),
        )
        const owner = ownersAt(target, all, at).get('identity')
        if (covers.length === 0) expect(owner).toBeUndefined()
        else expect(covers).toContain(owner)
      }),
    )
  })
})
