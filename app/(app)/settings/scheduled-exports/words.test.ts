import { describe, expect, it } from 'vitest'
import { destinationWords, planWords, type Schedule, viewWords } from './words'

const schedule: Schedule = {
  slug: 'gaps',
  name: 'Gaps',
  view: { kind: 'gaps', format: 'oscal', filter: { severity: 'high' }, raw: false },
  plan: { every: 'week', first: '2026-11-02', time: '06:30', timeZone: 'Europe/Berlin' },
  destination: { kind: 'folder', folder: 'auditors' },
  note: null,
  paused: false,
  nextAt: '2026-11-30T05:30:00.000Z',
  createdBy: 'Ana',
  last: null,
}

describe('the words of a scheduled export', () => {
  it('say what, when and where', () => {
    expect(viewWords(schedule)).toBe('gaps as OSCAL, severity high')
    expect(planWords(schedule)).toBe('Every week at 06:30, Europe/Berlin')
    expect(destinationWords(schedule)).toBe('Folder auditors')
  })
})
