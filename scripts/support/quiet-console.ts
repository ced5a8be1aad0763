import { format } from 'node:util'
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

/** A test that says something on the console fails, unless it takes the console over: noise hides real warnings. */
const methods = ['debug', 'info', 'log', 'warn', 'error'] as const
const said: string[] = []
let spies: MockInstance[] = []

beforeEach(() => {
  said.length = 0
  spies = methods.map((method) =>
    vi.spyOn(console, method).mockImplementation((...words) => {
      said.push(`${method}: ${format(...words)}`)
    }),
  )
})

afterEach(() => {
  for (const spy of spies) spy.mockRestore()
  expect(said, 'unexpected console output').toEqual([])
})
