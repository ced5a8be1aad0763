import { describe, expect, it } from 'vitest'
import { findRule } from '@/lib/gaps/rules'
import { defaultPolicy } from '@/lib/settings/model'
import { changesOf, limitsOf, policyGroups, valueAt } from './fields'

/** The paths of all values of an object. */
const pathsOf = (value: object, above = ''): string[] =>
  Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'object' ? pathsOf(part, `${above}${key}.`) : [`${above}${key}`],
  )

describe('the form of the policy', () => {
  it('has a field for every value of the policy, and each once', () => {
    const paths = policyGroups.flatMap(({ fields }) => fields.map(({ path }) => path))
    expect(paths.toSorted()).toEqual(pathsOf(defaultPolicy).toSorted())
    for (const path of paths) expect(valueAt(defaultPolicy, path)).not.toBe('')
  })

  it('names rules that there are', () => {
    for (const { fields } of policyGroups)
      for (const { rule } of fields) if (rule !== undefined) expect(findRule(rule)?.id).toBe(rule)
    expect(limitsOf('recertification-overdue')).toHaveLength(4)
  })

  it('sums up what differs', () => {
    const stricter = { ...defaultPolicy, dueDays: { ...defaultPolicy.dueDays, high: 14 } }
    expect(changesOf(defaultPolicy, stricter)).toMatchObject([{ field: { path: 'dueDays.high' }, from: 30, to: 14 }])
    expect(changesOf(stricter, stricter)).toEqual([])
  })
})
