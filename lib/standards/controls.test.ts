import { describe, expect, it } from 'vitest'
import { rules } from '@/lib/gaps/rules'
import { controlsOf, frameworks } from './controls'
import mapping from './rule-mapping.json'

describe('control ids', () => {
  it.each(mapping.map(({ rule }) => rule))('of %s all exist in the catalog of their framework', (rule) => {
    expect(controlsOf(rule).length).toBeGreaterThan(0)
  })

  it('are mapped for every rule of the registry', () => {
    const unmapped = rules.filter((rule) => controlsOf(rule.id).length === 0).map((rule) => rule.id)
    expect(unmapped).toEqual([])
  })

  it('are mapped for rules that there are, and for no others', () => {
    expect(mapping.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id))
  })

  it('give a rule no control twice', () => {
    for (const { rule } of mapping) {
      const ids = controlsOf(rule).map((control) => `${control.framework.key} ${control.id}`)
      expect(new Set(ids).size, rule).toBe(ids.length)
    }
  })

  it('are none for a rule without a mapping', () => {
    expect(controlsOf('no-such-rule')).toEqual([])
  })
})

it('names the licence of every framework', () => {
  expect(frameworks.filter((framework) => framework.licence === '')).toEqual([])
})
