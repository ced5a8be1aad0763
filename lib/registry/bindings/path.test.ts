import { describe, expect, it } from 'vitest'
import { pathProblem } from './path'

const point = (slug: string, kind: 'gateway' | 'broker' | 'application') =>
  ({ slug, name: slug, kind, mode: 'enforces' }) as const

describe('an enforcement path', () => {
  it.each([
    ['nothing known yet', [], null],
    ['the application alone', [point('crm', 'application')], null],
    ['a gateway in front', [point('edge', 'gateway'), point('crm', 'application')], null],
    [
      'the front door alone',
      [point('edge', 'gateway')],
      'The path ends at edge, a gateway; the application comes last',
    ],
    ['a point twice', [point('crm', 'application'), point('crm', 'application')], 'The path passes "crm" twice'],
    ['another application', [point('erp', 'application')], 'The path has to end at the tool\'s application, "crm"'],
  ])('of %s', (_title, path, problem) => {
    expect(pathProblem(path, 'crm')).toBe(problem)
  })

  it('may end at any application while the tool names none', () => {
    expect(pathProblem([point('erp', 'application')], null)).toBeNull()
  })
})
