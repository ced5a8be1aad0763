import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agent, assignment, binding, now, person, pictureOf, team, tool } from '@/lib/gaps/testing/facts'
import { anyPicture } from '@/lib/gaps/testing/pictures'
import { type SupposedChange, supposing } from './changes'
import { type OwnerChange, ownerDifference } from './owner-difference'

const picture = pictureOf({
  people: [person({ id: 'ana' }), person({ id: 'ben' })],
  teams: [team({ id: 'iam' }), team({ id: 'sec' })],
  agents: [agent({ id: 'bot' })],
  tools: [tool({ id: 'crm' }), tool({ id: 'erp' })],
  bindings: [
    binding({ id: 'b1', agentId: 'bot', toolId: 'crm' }),
    binding({ id: 'b2', agentId: 'bot', toolId: 'erp' }),
    binding({ id: 'b3', agentId: 'bot', toolId: 'erp', state: 'requested' }),
  ],
  assignments: [
    assignment({ id: 'wide', layer: 'identity', scope: 'organisation', teamId: 'iam', personId: 'ana' }),
    assignment({ id: 'crm', layer: 'enforcement', scope: 'tool', subjectId: 'crm', teamId: 'sec' }),
  ],
})

const brief = (changes: readonly OwnerChange[]) =>
  changes.map(({ layer, before, after, bindings }) => {
    const [from, to] = [before, after].map(({ status, teamId }) => (teamId ? `${teamId} ${status}` : status))
    return `${layer}: ${from} → ${to} [${bindings.map(({ id }) => id).join(' ')}]`
  })
const owners = (...changes: SupposedChange[]) => brief(ownerDifference(picture, supposing(picture, changes, now), now))

describe('what if', () => {
  it('a team is dissolved: it stays owner and cannot answer; nothing falls to anybody else', () => {
    expect(owners({ kind: 'dissolve_team', teamId: 'iam' })).toEqual(['identity: iam owned → iam orphaned [b1 b2]'])
  })

  it('a person leaves: what they answered for cannot be answered for', () => {
    const leaving = { kind: 'person_leaves', emptiedTeamIds: [] } as const
    expect(owners({ ...leaving, personId: 'ana' })).toEqual(['identity: iam owned → iam orphaned [b1 b2]'])
    expect(owners({ ...leaving, personId: 'ben' })).toEqual([])
  })

  it('the last active member leaves: the whole team cannot answer', () => {
    expect(owners({ kind: 'person_leaves', personId: 'ben', emptiedTeamIds: ['sec'] })).toEqual([
      'enforcement: sec owned → sec orphaned [b1]',
    ])
  })

  it('an agent is retired: its bindings are revoked and their cells are gone', () => {
    const after = supposing(picture, [{ kind: 'retire_agent', agentId: 'bot' }], now)
    expect([...after.bindings.values()].map(({ state }) => state)).toEqual(['revoked', 'revoked', 'revoked'])
    expect(brief(ownerDifference(picture, after, now))).toContain('identity: iam owned → gone [b1 b2]')
  })

  it.each([
    [false, 'unconfirmed'],
    [true, 'owned'],
  ])('ownership moves (accepted: %s): the other team stands there, %s', (accepted, status) => {
    const move = { assignmentId: 'crm', layer: 'enforcement', scope: 'tool', subjectId: 'crm' } as const
    expect(owners({ kind: 'move_ownership', moves: [move], toTeamId: 'iam', accepted })).toEqual([
      `enforcement: sec owned → iam ${status} [b1]`,
    ])
  })

  it('several changes at once are one after the other: what was moved away is not lost with the team', () => {
    const move = { assignmentId: 'wide', layer: 'identity', scope: 'organisation', subjectId: null } as const
    expect(
      owners(
        { kind: 'move_ownership', moves: [move], toTeamId: 'sec', accepted: true },
        { kind: 'dissolve_team', teamId: 'iam' },
      ),
    ).toEqual(['identity: iam owned → sec owned [b1 b2]'])
  })

  it('leaves the picture it is asked about as it is, and what is not in it alone', () => {
    const frozen = JSON.stringify([...picture.assignments.values(), ...picture.bindings.values()])
    owners({ kind: 'retire_agent', agentId: 'bot' }, { kind: 'dissolve_team', teamId: 'nobody' })
    expect(JSON.stringify([...picture.assignments.values(), ...picture.bindings.values()])).toBe(frozen)
  })

  it('nothing changed is no difference', () => {
    fc.assert(
      fc.property(anyPicture, (any) => {
        expect(ownerDifference(any, supposing(any, [], now), now)).toEqual([])
      }),
    )
  })

  it('a dissolved team never changes which team stands in a cell, only whether it can answer', () => {
    fc.assert(
      fc.property(anyPicture, fc.constantFrom('g0', 'g1', 'g2'), (any, teamId) => {
        const after = supposing(any, [{ kind: 'dissolve_team', teamId }], now)
        for (const change of ownerDifference(any, after, now)) {
          expect(change.after).toEqual({ status: 'orphaned', teamId: change.before.teamId })
          expect(change.before.teamId).toBe(teamId)
        }
      }),
    )
  })
})
