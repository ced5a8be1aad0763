import { describe, expect, it } from 'vitest'
import { startingDays, startingTemplates } from './starting-templates'

describe('the templates to begin with', () => {
  it.each([
    ['2026-11-24', '2027-01-01', '2027-01-01'],
    ['2026-03-31', '2026-04-01', '2027-01-01'],
    ['2026-07-01', '2026-10-01', '2027-01-01'],
  ])('taken on %s begin on %s and %s', (today, firstOfNextQuarter, firstOfNextYear) => {
    expect(startingDays(today)).toEqual({ firstOfNextQuarter, firstOfNextYear })
  })

  it('are valid, of both kinds, and launch in every way', () => {
    const templates = startingTemplates(startingDays('2026-11-24'), 'Europe/Berlin')
    expect(new Set(templates.map(({ definition }) => definition.kind))).toEqual(new Set(['access', 'ownership']))
    expect(new Set(templates.map(({ schedule }) => schedule?.launch ?? 'hand'))).toEqual(
      new Set(['recurring', 'cadence', 'event', 'hand']),
    )
    expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length)
  })
})
