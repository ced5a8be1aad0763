import { describe, expect, it } from 'vitest'
import { and, keepPlan, preparedName, sql } from './sql'

describe('composing SQL', () => {
  it('joins conditions, and takes none for true', () => {
    expect(and([sql`a = ${1}`, sql`b = ${2}`])).toMatchObject({ text: 'a = $1 AND b = $2', values: [1, 2] })
    expect(and([]).text).toBe('TRUE')
  })

  it('names a statement whose plan is to be kept after its text alone', () => {
    const select = (id: number) => sql`SELECT ${id}::int`
    const name = preparedName(keepPlan(select(1)).text)
    expect(name).not.toBe('')
    // PostgreSQL cuts longer names off.
    expect(name.length).toBeLessThan(64)
    expect(preparedName(keepPlan(select(2)).text)).toBe(name)
    expect(preparedName(keepPlan(sql`SELECT ${1}::text`).text)).not.toBe(name)
  })

  it('leaves every other statement without a name', () => {
    expect(preparedName(sql`SELECT 1`.text)).toBe('')
  })
})
