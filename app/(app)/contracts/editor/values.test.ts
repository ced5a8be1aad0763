import { describe, expect, it } from 'vitest'
import type { Limits } from '@/lib/contracts/model'
import { attributesIn, documentOf, problemsByField, valuesOf } from './values'

describe('a contract in its form', () => {
  it.each<Limits>([
    {},
    { actions: [], vectors: [] },
    { actions: ['read'], resources: ['a/*'], conditions: ['By day'], maxCredentialLifetime: 'PT1H', approval: 'Lead' },
    {
      vectors: [
        {
          name: 'reads',
          subject: { type: 'agent', id: 'bot', properties: { region: 'eu' } },
          action: { name: 'read' },
          resource: { type: 'claim', id: '1' },
          context: { hour: 3 },
          decision: false,
        },
      ],
    },
  ])('comes back as it went in, so that switching views loses nothing: %j', (limits) => {
    expect(documentOf(valuesOf(limits))).toEqual(limits)
  })

  it('shows each problem at its field, those of a vector at the vector', () => {
    const problems = problemsByField([
      { field: 'limits.maxCredentialLifetime', message: 'Not a duration' },
      { field: 'limits.actions[2]', message: 'Must be one line' },
      { field: 'limits.vectors[3].resource.id', message: 'Must not be empty' },
      { field: 'limits.vectors[3].name', message: 'Must not be empty' },
      { field: 'limits', message: 'Not valid JSON' },
    ])
    expect([...problems]).toEqual([
      ['maxCredentialLifetime', 'Not a duration'],
      ['actions', '3: Must be one line'],
      ['vectors.3', 'resource.id: Must not be empty'],
      ['', 'limits: Not valid JSON'],
    ])
  })

  it('takes attributes as a JSON object and nothing else', () => {
    expect(attributesIn(' ')).toEqual({ attributes: undefined })
    expect(attributesIn('{"a": [1]}')).toEqual({ attributes: { a: [1] } })
    expect(attributesIn('[1]')).toMatch(/JSON object/)
    expect(attributesIn('{a: 1}')).toMatch(/Not valid JSON/)
  })
})
