import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import { type Case, type Evidence, evidenceKinds, type Standing, suggest } from './suggest'

const seen = (kind: Evidence['kind'], teamId: string, more: Partial<Evidence> = {}): Evidence => ({
  kind,
  teamId,
  personId: null,
  count: 1,
  about: null,
  ...more,
})
const cell = (evidence: Evidence[], more: Partial<Case> = {}): Case => ({
  layer: 'privilege',
  scope: 'tool',
  evidence,
  declined: new Set(),
  frontDoor: new Set(),
  ...more,
})
const standing: Standing = {
  teams: new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, `team-${id}`])),
  people: new Set(['ana', 'ben']),
}
const ranked = (from: Case) => suggest(from, standing).map(({ teamId }) => teamId)

describe('suggest', () => {
  it.each([
    ['what it owns already before all else', [seen('catalog', 'a'), seen('incumbent', 'b')], ['b', 'a']],
    ['the catalog before the application', [seen('application', 'a'), seen('catalog', 'b')], ['b', 'a']],
    [
      'the application before any number of other bindings',
      [seen('here', 'a', { count: 900 }), seen('application', 'b')],
      ['b', 'a'],
    ],
    ['the same subject before its neighbours', [seen('beside', 'a', { count: 900 }), seen('here', 'b')], ['b', 'a']],
    [
      'the same application before neighbours',
      [seen('beside', 'a', { count: 900 }), seen('application-tools', 'b')],
      ['b', 'a'],
    ],
    ['anything before the function', [seen('function', 'a', { count: 900 }), seen('beside', 'b')], ['b', 'a']],
    ['what was seen more often', [seen('here', 'a'), seen('here', 'b', { count: 3 })], ['b', 'a']],
    ['several reasons before one', [seen('here', 'a'), seen('here', 'b'), seen('function', 'b')], ['b', 'a']],
    ['by name when nothing tells them apart', [seen('here', 'b'), seen('here', 'a')], ['a', 'b']],
  ])('ranks %s', (_, evidence, expected) => {
    expect(ranked(cell(evidence))).toEqual(expected)
  })

  it('says why in words, the strongest first', () => {
    const evidence = [seen('function', 'a', { count: 12 }), seen('here', 'a', { count: 3 })]
    expect(suggest(cell(evidence), standing)[0]?.reasons).toEqual([
      'Owns privilege on 3 other bindings of the same tool',
      'Usually held by privileged access management; it owns privilege in 12 places',
    ])
    const onAgent = cell([seen('beside', 'a')], { layer: 'identity', scope: 'agent' })
    expect(suggest(onAgent, standing)[0]?.reasons).toEqual([
      'Owns identity on one binding of other agents to the same tools',
    ])
    const runs = cell([seen('application', 'a', { about: 'Claims core' })], { layer: 'enforcement' })
    expect(suggest(runs, standing)[0]?.reasons).toEqual(['Runs Claims core, where the work happens'])
  })

  it('names who would answer, by the strongest evidence that names somebody who is there', () => {
    const evidence = [
      seen('catalog', 'a', { personId: 'left long ago' }),
      seen('here', 'a', { personId: 'ben' }),
      seen('here', 'a', { personId: 'ana', count: 4 }),
    ]
    expect(suggest(cell(evidence), standing)).toMatchObject([{ personId: 'ana' }])
    expect(suggest(cell([seen('function', 'b')]), standing)).toMatchObject([{ personId: null }])
  })

  it('leaves the team that runs the front door out for enforcement, and only there', () => {
    const more = { frontDoor: new Set(['a']) }
    expect(ranked(cell([seen('application', 'a'), seen('here', 'b')], { ...more, layer: 'enforcement' }))).toEqual([
      'b',
    ])
    expect(ranked(cell([seen('here', 'a')], more))).toEqual(['a'])
  })

  const team = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f', 'dissolved', 'empty')
  const teams = fc.uniqueArray(team).map((list) => new Set(list))
  const anyCase = fc.record({
    layer: fc.constantFrom(...layerIds),
    scope: fc.constantFrom<Case['scope'][]>('agent', 'tool', 'binding', 'enforcement_point', 'organisation'),
    evidence: fc.array(
      fc.record({
        kind: fc.constantFrom(...evidenceKinds),
        teamId: team,
        personId: fc.constantFrom('ana', 'ben', 'gone', null),
        count: fc.nat(1000),
        about: fc.constant(null),
      }),
    ),
    declined: teams,
    frontDoor: teams,
  })

  it('never suggests a team that cannot answer, that declined, or that runs the front door of an enforcement', () => {
    fc.assert(
      fc.property(anyCase, (from) => {
        for (const { teamId, personId, reasons } of suggest(from, standing)) {
          expect(standing.teams.has(teamId)).toBe(true)
          expect(from.declined.has(teamId)).toBe(false)
          if (from.layer === 'enforcement') expect(from.frontDoor.has(teamId)).toBe(false)
          expect(personId === null || standing.people.has(personId)).toBe(true)
          expect(reasons.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('is the same for the same evidence in any order, each team once, the scores falling', () => {
    fc.assert(
      fc.property(anyCase, (from) => {
        const found = suggest(from, standing)
        const names = found.map(({ teamId }) => teamId)
        expect(ranked({ ...from, evidence: from.evidence.toReversed() })).toEqual(names)
        expect(new Set(names).size).toBe(names.length)
        const scores = found.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((one, other) => other - one))
      }),
    )
  })
})
