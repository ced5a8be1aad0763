import { describe, expect, it } from 'vitest'
import { viewOf } from './query'

describe('the view that an address asks for', () => {
  it('is all active bindings by agent when it asks for nothing', () => {
    expect(viewOf({})).toEqual({ rows: 'bindings', filters: {}, sort: 'agent', group: null })
  })

  it('holds filters of several values', () => {
    expect(viewOf({ risk: 'high,critical', text: 'claims' }).filters).toEqual({ risk: 'high,critical', text: 'claims' })
  })

  it('leaves out what fits no filter, so that an old link still opens', () => {
    expect(viewOf({ risk: 'huge', layer: 'perimeter', rows: 'columns', sort: 'size', nonsense: 'x' })).toEqual(
      viewOf({}),
    )
  })

  it('orders by what it groups by: a group has to stand together', () => {
    expect(viewOf({ group: 'risk', sort: 'tool' })).toMatchObject({ group: 'risk', sort: 'risk' })
  })
})
