import { describe, expect, it } from 'vitest'
import { fieldProblems } from '@/lib/use-cases/run'
import { charactersMax } from './bounds'
import { limitsSchema } from './model'

const vector = {
  name: 'reads',
  subject: { type: 'agent', id: 'bot' },
  action: { name: 'read' },
  resource: { type: 'claim', id: '1' },
  decision: true,
}

/** The first thing wrong with a document, as a client is told. */
function firstProblem(limits: unknown): string {
  const parsed = limitsSchema.safeParse(limits)
  if (parsed.success) return 'nothing'
  const [problem] = fieldProblems(parsed.error)
  return `${problem?.field}: ${problem?.message}`
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = { deeper: value }
  return value
}

describe('the document of a contract', () => {
  it('may leave out everything, and keeps what it says', () => {
    expect(limitsSchema.parse({})).toEqual({})
    const full = {
      actions: ['read'],
      resources: ['claims/*'],
      conditions: ['During the day'],
      maxCredentialLifetime: 'PT15M',
      approval: 'The shift lead',
      vectors: [{ ...vector, context: { amount: 3, tags: ['a', null] } }],
    }
    expect(limitsSchema.parse(full)).toEqual(full)
  })

  it.each([
    ['text', ': Invalid input: expected object, received string'],
    [{ vectors: 'all' }, 'vectors: Must be a list'],
    [{ vectors: [{ ...vector, decision: 'yes' }] }, 'vectors[0].decision: Say true (allow) or false (deny)'],
    [{ vectors: [vector, { ...vector, resource: { type: 'claim', id: 7 } }] }, 'vectors[1].resource.id: Must be text'],
    [{ vectors: [{ ...vector, subject: 'bot' }] }, 'vectors[0].subject: Must be an object with type and id'],
    [{ vectors: [{ ...vector, context: [] }] }, 'vectors[0].context: Must be an object'],
    [{ actions: [''] }, 'actions[0]: Must not be empty'],
    [{ maxCredentialLifetime: '15 minutes' }, 'maxCredentialLifetime: Not a duration such as PT15M or P1D'],
    [{ vectors: [{ ...vector, when: 'now' }] }, 'vectors[0].when: Unknown key'],
    [{ limit: 1 }, 'limit: Unknown key'],
  ])('names the field that is wrong: %j', (limits, problem) => {
    expect(firstProblem(limits)).toBe(problem)
  })

  it('is refused at once when it is megabytes, wherever they are', () => {
    const message = `Over ${charactersMax.toLocaleString('en')} characters of JSON; a contract states limits, not data`
    expect(firstProblem({ approval: 'x'.repeat(5_000_000) })).toBe(`approval: ${message}`)
    expect(firstProblem({ vectors: Array(2_000_000).fill(1) })).toBe(`vectors: ${message}`)
  })

  it('is refused when it is nested without end, with the place', () => {
    const deep = { vectors: [{ ...vector, context: nested(100_000) }] }
    expect(firstProblem(deep)).toMatch(/^vectors\[0\]\.context(\.deeper)+: Nested deeper than 12 levels$/)
    expect(firstProblem({ vectors: [{ ...vector, context: nested(6) }] })).toBe('nothing')
  })
})
