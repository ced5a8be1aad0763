import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importEstate } from '@/lib/importers/estate/parse'
import { daysBetween, estateAt, estateSince, shiftEstate } from './shift-estate'

const folder = path.join(import.meta.dirname, 'sample')
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const { estate } = importEstate(names.map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) })))

const instant = /"(\d{4}-\d{2}-\d{2}T[\d:.]+Z)"/g
const instantsOf = (value: unknown) =>
  [...JSON.stringify(value).matchAll(instant)].map((match) => Date.parse(match[1] ?? ''))

describe('shiftEstate', () => {
  it('moves every instant of the sample by the same days and changes nothing else', () => {
    const shifted = shiftEstate(estate, 10)
    const before = instantsOf(estate)
    const after = instantsOf(shifted)
    expect(before.length).toBeGreaterThan(200)
    expect(after.toSorted()).toEqual(before.map((at) => at + 10 * 86_400_000).toSorted())
    expect(shiftEstate(shifted, -10)).toEqual(estate)
  })
})

describe('estateAt', () => {
  it('leaves out owners who were named later, and has no log seen after it', () => {
    const instant = new Date('2026-11-18T12:00:00Z')
    const earlier = estateAt(estate, instant)
    const gone = estate.owners.filter((owner) => !earlier.owners.includes(owner))
    expect(gone.length).toBeGreaterThan(0)
    expect(gone.every(({ since }) => since && since > instant)).toBe(true)
    const seen = earlier.agents.flatMap(({ decisionLog }) => decisionLog?.lastSeen ?? [])
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.every((at) => at <= instant)).toBe(true)
    expect(estateAt(estate, new Date('2026-11-25T00:00:00Z'))).toEqual(estate)
    const { agents, owners, bindings } = estateSince(estate, instant)
    expect([owners, bindings]).toEqual([gone, []])
    expect(agents.every(({ decisionLog }) => decisionLog?.lastSeen && decisionLog.lastSeen > instant)).toBe(true)
  })
})

describe('daysBetween', () => {
  it('rounds down, on both sides of the day', () => {
    const day = new Date('2026-11-24T00:00:00Z')
    expect(daysBetween(day, new Date('2026-11-24T23:59:59Z'))).toBe(0)
    expect(daysBetween(day, new Date('2026-11-23T23:59:59Z'))).toBe(-1)
    expect(daysBetween(day, new Date('2027-01-01T08:00:00Z'))).toBe(38)
  })
})
