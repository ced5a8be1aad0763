import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateAll, evaluateSubjects, gapKey, type Touched } from './evaluate'
import { defaultGapPolicy, type Finding } from './model'
import type { Picture } from './picture'
import { rules } from './rules'
import { remediationOverdue } from './rules/remediation-overdue'
import { shadowAgent } from './rules/shadow-agent'
import { now } from './testing/facts'
import { anyEdit, anyPicture } from './testing/pictures'
import { reachOf } from './testing/reach'

const context = { now, policy: defaultGapPolicy }
const byKey = (findings: readonly Finding[]) => new Map(findings.map((finding) => [gapKey(finding), finding]))
const everything = (picture: Picture): Touched => ({
  agents: new Set(picture.agents.keys()),
  tools: new Set(picture.tools.keys()),
  bindings: new Set(picture.bindings.keys()),
  assignments: new Set(picture.assignments.keys()),
  logs: new Set(picture.log ? [picture.log.id] : []),
})

const isTouched = (touched: Touched, { subject }: Finding) => {
  const ids = {
    agent: touched.agents,
    tool: touched.tools,
    binding: touched.bindings,
    assignment: touched.assignments,
    log: touched.logs ?? new Set(),
  }
  return ids[subject.type].has(subject.id)
}

const union = (one: Touched, other: Touched): Touched => ({
  agents: new Set([...one.agents, ...other.agents]),
  tools: new Set([...one.tools, ...other.tools]),
  bindings: new Set([...one.bindings, ...other.bindings]),
  assignments: new Set([...one.assignments, ...other.assignments]),
})

describe('evaluation', () => {
  it('gives each gap one finding, with active bindings in order; only where revoked access may still be there, with that', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const findings = evaluateAll(picture, context)
        expect(byKey(findings).size).toBe(findings.length)
        for (const { rule, bindingIds } of findings) {
          const state = rule === remediationOverdue.id ? 'revoked' : 'active'
          expect(bindingIds).toEqual([...new Set(bindingIds)].sort())
          expect(bindingIds.every((id) => picture.bindings.get(id)?.state === state)).toBe(true)
        }
      }),
    )
  })

  it('finds the same whatever the order of the facts', () => {
    const backwards = <F>(facts: ReadonlyMap<string, F>) => new Map([...facts].reverse())
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const reversed = {
          ...picture,
          people: backwards(picture.people),
          teams: backwards(picture.teams),
          agents: backwards(picture.agents),
          points: backwards(picture.points),
          tools: backwards(picture.tools),
          bindings: backwards(picture.bindings),
          assignments: backwards(picture.assignments),
          delegations: backwards(picture.delegations),
          contracts: backwards(picture.contracts),
          attestations: backwards(picture.attestations),
          parities: backwards(picture.parities),
          exceptions: backwards(picture.exceptions),
        }
        expect(byKey(evaluateAll(reversed, context))).toEqual(byKey(evaluateAll(picture, context)))
      }),
    )
  })

  it('of all subjects is evaluation of everything', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expect(evaluateSubjects(picture, context, everything(picture))).toEqual(evaluateAll(picture, context))
      }),
    )
  })

  it('of the subjects an edit touches, put over what was found before, is evaluation of everything', () => {
    fc.assert(
      fc.property(anyPicture, fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (start, edits) => {
        let picture = start
        let findings = evaluateAll(picture, context)
        for (const edit of edits) {
          const next = edit.apply(picture)
          const change = { [edit.collection]: [edit.id] }
          const touched = union(reachOf(change, picture), reachOf(change, next))
          const kept = findings.filter((finding) => !isTouched(touched, finding))
          findings = [...kept, ...evaluateSubjects(next, context, touched)]
          picture = next
          expect(byKey(findings)).toEqual(byKey(evaluateAll(picture, context)))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('has nothing to say of a subject that is gone', () => {
    const gone = new Set(['gone'])
    const picture = fc.sample(anyPicture, { seed: 1, numRuns: 1 })[0]
    if (!picture) throw new Error('No sample')
    const touched = { agents: gone, tools: gone, bindings: gone, assignments: gone }
    expect(evaluateSubjects(picture, context, touched)).toEqual([])
  })

  it('can be asked for some rules only', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const shadows = evaluateAll(picture, context).filter((finding) => finding.rule === shadowAgent.id)
        expect(evaluateAll(picture, context, [shadowAgent])).toEqual(shadows)
      }),
    )
  })

  it('meets every rule in the pictures of these tests', () => {
    const found = new Set(
      fc
        .sample(anyPicture, { seed: 7, numRuns: 200 })
        .flatMap((picture) => evaluateAll(picture, context).map((finding) => finding.rule)),
    )
    expect(rules.filter((rule) => !found.has(rule.id)).map((rule) => rule.id)).toEqual([])
  })
})

it('tells gaps apart by rule, subject, layer and point, and by nothing else', () => {
  const finding = {
    rule: 'layer-unowned',
    subject: { type: 'tool', id: 't' },
    layer: 'enforcement',
    pointId: null,
  } as const
  expect(gapKey(finding)).toBe('layer-unowned|tool|t|enforcement|')
  expect(gapKey({ ...finding, layer: null, pointId: 'p' })).toBe('layer-unowned|tool|t||p')
})
