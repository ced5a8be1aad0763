import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssignmentFact } from '@/lib/gaps/picture'
import { assignment, days, now, second } from '@/lib/gaps/testing/facts'
import { type LayerId, layerIds } from '@/lib/layers'
import { assignmentStates, type OwnershipScope, ownershipScopes } from './model'
import { indexLive, isLive, isStanding, precedence, resolveAgentOwner, resolveOwner } from './resolve'

const target = { bindingId: 'b', agentId: 'a', toolId: 't', applicationId: 'p' }
const subjectIds: Record<OwnershipScope, string | null> = {
  binding: 'b',
  agent: 'a',
  tool: 't',
  enforcement_point: 'p',
  organisation: null,
}

const on = (layer: LayerId, scope: OwnershipScope, more: Partial<AssignmentFact> = {}) =>
  assignment({ id: `${layer}:${scope}`, layer, scope, teamId: 'team', subjectId: subjectIds[scope], ...more })

const sourceOf = (layer: LayerId, assignments: readonly AssignmentFact[]) =>
  resolveOwner(target, layer, indexLive(assignments, now))?.source ?? null

describe('precedence', () => {
  it.each([
    ['identity', ['binding', 'agent', 'tool', 'organisation']],
    ['entitlement', ['binding', 'agent', 'tool', 'organisation']],
    ['privilege', ['binding', 'tool', 'agent', 'organisation']],
    ['enforcement', ['binding', 'tool', 'enforcement_point', 'agent']],
    ['monitoring', ['binding', 'agent', 'tool', 'organisation']],
  ] as const)('of %s is %j', (layer, scopes) => {
    expect(precedence(layer)).toEqual(scopes)
  })

  it.each(layerIds)('is climbed step by step as owners of %s are taken away', (layer) => {
    const steps = precedence(layer)
    for (const [from, scope] of steps.entries()) {
      const remaining = steps.slice(from).map((step) => on(layer, step))
      expect(sourceOf(layer, remaining)).toBe(scope)
    }
    expect(sourceOf(layer, [])).toBeNull()
  })
})

describe('an assignment', () => {
  it.each([
    ['proposed', true],
    ['accepted', true],
    ['declined', false],
    ['ended', false],
  ] as const)('that is %s supplies an owner: %s', (state, supplies) => {
    expect(isLive(on('identity', 'agent', { state }), now)).toBe(supplies)
  })

  it.each([
    ['starts this very moment', { validFrom: now }, true],
    ['starts a second later', { validFrom: now + second }, false],
    ['ends this very moment', { validTo: now }, false],
    ['ends a second later', { validTo: now + second }, true],
  ])('that %s is live: %4$s', (_, validity, live) => {
    expect(isLive(on('identity', 'agent', validity), now)).toBe(live)
  })

  it('that starts later stands for its cell, and supplies nothing yet', () => {
    const future = on('identity', 'agent', { validFrom: now + days(1) })
    expect([isStanding(future, now), isLive(future, now)]).toEqual([true, false])
  })

  it('of another subject supplies nothing', () => {
    expect(sourceOf('identity', [on('identity', 'agent', { subjectId: 'other' })])).toBeNull()
  })
})

describe('an agent by itself', () => {
  const ownerOf = (assignments: readonly AssignmentFact[]) =>
    resolveAgentOwner('a', 'identity', indexLive(assignments, now))?.source ?? null

  it('is owned by its own assignment, then the organisation, and by nothing of its bindings or tools', () => {
    expect(ownerOf([on('identity', 'agent'), on('identity', 'organisation')])).toBe('agent')
    expect(ownerOf([on('identity', 'organisation')])).toBe('organisation')
    expect(ownerOf([on('identity', 'binding'), on('identity', 'tool')])).toBeNull()
  })
})

describe('resolution, whatever the assignments', () => {
  const assignments = fc
    .uniqueArray(
      fc.record({
        layer: fc.constantFrom(...layerIds),
        scope: fc.constantFrom(...ownershipScopes),
        isHere: fc.boolean(),
        state: fc.constantFrom(...assignmentStates),
        validFrom: fc.constantFrom(now - second, now, now + second),
        validTo: fc.constantFrom(null, now, now + second),
      }),
      { maxLength: 30, selector: ({ layer, scope, isHere }) => `${layer}:${scope}:${isHere}` },
    )
    .map((cells) =>
      cells.map(({ isHere, ...cell }) => {
        const isOther = !isHere && cell.scope !== 'organisation'
        const subjectId = isOther ? 'other' : subjectIds[cell.scope]
        return assignment({ ...cell, id: `${cell.layer}:${cell.scope}:${isHere}`, teamId: 'team', subjectId })
      }),
    )
  const layer = fc.constantFrom(...layerIds)

  /** The plain reading of the design: walk the precedence, take the first live assignment on the subject. */
  const expected = (all: readonly AssignmentFact[], of: LayerId) => {
    for (const scope of precedence(of)) {
      const owners = all.filter(
        (one) => one.layer === of && one.scope === scope && one.subjectId === subjectIds[scope] && isLive(one, now),
      )
      const [owner] = owners.map(({ id }) => id).sort()
      if (owner !== undefined) return { assignmentId: owner, source: scope }
    }
    return null
  }
  const resolve = (all: readonly AssignmentFact[], of: LayerId) => resolveOwner(target, of, indexLive(all, now))

  it('takes the most specific live assignment', () => {
    fc.assert(
      fc.property(assignments, layer, (all, of) => {
        expect(resolve(all, of)).toEqual(expected(all, of))
      }),
    )
  })

  it('does not depend on the order of the assignments', () => {
    const shuffled = assignments.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, layer, ([all, other], of) => {
        expect(resolve(other, of)).toEqual(resolve(all, of))
      }),
    )
  })

  it('never lets an explicit owner be overwritten by an inherited one', () => {
    const inherited = fc.constantFrom(...ownershipScopes.filter((scope) => scope !== 'binding'))
    fc.assert(
      fc.property(assignments, layer, inherited, (all, of, scope) => {
        const explicit = on(of, 'binding', { id: '0' })
        expect(resolve([...all, explicit, on(of, scope, { id: '00' })], of)?.source).toBe('binding')
      }),
    )
  })

  it('never lets the organisation supply enforcement', () => {
    fc.assert(
      fc.property(assignments, (all) => {
        expect(resolve([...all, on('enforcement', 'organisation')], 'enforcement')?.source).not.toBe('organisation')
      }),
    )
  })

  it('changes no cell by a less specific assignment than the cell has', () => {
    fc.assert(
      fc.property(assignments, layer, fc.constantFrom(...ownershipScopes), (all, of, scope) => {
        const before = resolve(all, of)
        const steps = precedence(of)
        fc.pre(before !== null && (steps.indexOf(scope) < 0 || steps.indexOf(scope) > steps.indexOf(before.source)))
        expect(resolve([...all, on(of, scope, { id: '0' })], of)).toEqual(before)
      }),
    )
  })

  it('takes nothing from a declined or ended assignment', () => {
    const state = fc.constantFrom('declined' as const, 'ended' as const)
    fc.assert(
      fc.property(assignments, layer, fc.constantFrom(...ownershipScopes), state, (all, of, scope, over) => {
        expect(resolve([...all, on(of, scope, { id: '0', state: over })], of)).toEqual(resolve(all, of))
      }),
    )
  })

  it('leaves the other layers alone', () => {
    fc.assert(
      fc.property(assignments, layer, layer, (all, of, other) => {
        fc.pre(of !== other)
        expect(resolve([...all, on(other, 'binding', { id: '0' })], of)).toEqual(resolve(all, of))
      }),
    )
  })
})
