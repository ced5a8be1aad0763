import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { severities } from '@/lib/gaps/model'
import { controlsIn, type Framework, frameworks, mappedRules } from './controls'
import { frameworkDetail, frameworkRow, type GapsByRule } from './coverage'

const framework = (key: string): Framework => {
  const found = frameworks.find((candidate) => candidate.key === key)
  if (!found) throw new Error(`There is no framework ${key}`)
  return found
}
const controlIn = (gaps: GapsByRule, id: string) =>
  frameworkDetail(framework('nist-csf'), gaps).rows.find((row) => row.id === id)

// GV.RR-02 is evidenced by layer-unowned and owner-orphaned among others.
describe('what the register can say of a control', () => {
  it('met: rules look at it and none finds anything', () => {
    expect(controlIn(new Map(), 'GV.RR-02')).toMatchObject({ verdict: 'met', open: 0, excepted: 0, worst: null })
  })

  it('gaps: the open ones of all its rules are added up, and the worst is named', () => {
    const gaps: GapsByRule = new Map([
      ['layer-unowned', { open: { low: 2, high: 1 }, excepted: 3 }],
      ['owner-orphaned', { open: { medium: 4 }, excepted: 0 }],
      ['shadow-agent', { open: {}, excepted: 0 }],
    ])
    expect(controlIn(gaps, 'GV.RR-02')).toMatchObject({ verdict: 'gaps', open: 7, excepted: 3, worst: 'high' })
  })

  it('excepted: what is found was accepted', () => {
    const gaps: GapsByRule = new Map([['layer-unowned', { open: {}, excepted: 1 }]])
    expect(controlIn(gaps, 'GV.RR-02')).toMatchObject({ verdict: 'excepted', open: 0, excepted: 1 })
  })

  it('not evidenced: no rule looks at it, whatever gaps there are', () => {
    const everything: GapsByRule = new Map(mappedRules.map((rule) => [rule, { open: { critical: 1 }, excepted: 1 }]))
    const blind = controlsIn('nist-csf').find(({ rules }) => rules.length === 0)
    expect(controlIn(everything, blind?.id ?? '')).toMatchObject({ verdict: 'not_evidenced', open: 0, worst: null })
  })

  it('counts every control of every framework once', () => {
    const count = fc.nat(3)
    const anyGaps = fc
      .tuple(
        ...mappedRules.map((rule) =>
          fc
            .record({
              open: fc.record(Object.fromEntries(severities.map((severity) => [severity, count]))),
              excepted: count,
            })
            .map((gaps) => [rule, gaps] as const),
        ),
      )
      .map((entries): GapsByRule => new Map(entries))
    fc.assert(
      fc.property(anyGaps, fc.constantFrom(...frameworks), (gaps, chosen) => {
        const { controls, verdicts } = frameworkRow(chosen, gaps)
        expect(verdicts.gaps + verdicts.excepted + verdicts.met + verdicts.not_evidenced).toBe(controls)
        expect(controls).toBe(controlsIn(chosen.key).length)
      }),
    )
  })
})
