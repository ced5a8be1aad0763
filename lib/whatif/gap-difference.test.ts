import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultGapPolicy, type Finding } from '@/lib/gaps/model'
import { agent, assignment, binding, exception, now, person, pictureOf, team, tool } from '@/lib/gaps/testing/facts'
import { anyPicture } from '@/lib/gaps/testing/pictures'
import { type SupposedChange, supposing } from './changes'
import { gapDifference } from './gap-difference'

const context = { now, policy: defaultGapPolicy }
const facts = {
  people: [person({ id: 'ana' })],
  teams: [team({ id: 'iam' }), team({ id: 'sec' })],
  agents: [agent({ id: 'bot', sponsorId: 'ana' })],
  tools: [tool({ id: 'crm' })],
  bindings: [binding({ id: 'b1', agentId: 'bot', toolId: 'crm' })],
  assignments: [assignment({ id: 'wide', layer: 'identity', scope: 'organisation', teamId: 'iam' })],
}
const picture = pictureOf(facts)

const brief = (findings: readonly Finding[]) => findings.map(({ rule, subject }) => `${rule} ${subject.id}`).sort()
const difference = (change: SupposedChange, before = picture) =>
  gapDifference(before, supposing(before, [change], now), context)

describe('the gaps of a change that is only supposed', () => {
  it('opens what the change would break', () => {
    expect(brief(difference({ kind: 'dissolve_team', teamId: 'iam' }).opens)).toEqual(['owner-orphaned wide'])
    const leaving = { kind: 'person_leaves', personId: 'ana', emptiedTeamIds: [] } as const
    expect(brief(difference(leaving).opens)).toEqual(['sponsor-left bot'])
  })

  it('closes what it would mend or make pointless', () => {
    const { opens, closes } = difference({ kind: 'retire_agent', agentId: 'bot' })
    expect(opens).toEqual([])
    expect(brief(closes)).toContain('layer-unowned crm')
  })

  it('says nothing of what an exception covers', () => {
    const accepted = pictureOf({
      ...facts,
      exceptions: [exception({ id: 'e', rule: 'owner-orphaned', subjectType: 'assignment', subjectId: 'wide' })],
    })
    expect(difference({ kind: 'dissolve_team', teamId: 'iam' }, accepted).opens).toEqual([])
  })

  it('is nothing without a change, and turned round it is the other way round', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (one, other) => {
        expect(gapDifference(one, one, context)).toEqual({ opens: [], closes: [], changesSeverity: [] })
        const there = gapDifference(one, other, context)
        const back = gapDifference(other, one, context)
        expect(brief(back.closes)).toEqual(brief(there.opens))
        expect(brief(back.opens)).toEqual(brief(there.closes))
      }),
      { numRuns: 30 },
    )
  })
})
