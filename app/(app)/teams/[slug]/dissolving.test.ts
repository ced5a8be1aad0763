import { describe, expect, it } from 'vitest'
import type { AssignmentView } from '@/lib/ownership/model'
import { dissolvingText } from './dissolving'

const assignment = (more: Partial<AssignmentView>): AssignmentView => ({
  id: 'a',
  name: 'identity:agent:bot',
  layer: 'identity',
  scope: 'agent',
  subject: { slug: 'bot', name: 'Bot' },
  team: { slug: 'iam', name: 'Identity' },
  person: null,
  deputies: [],
  state: 'accepted',
  credible: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
  proposedAt: '2026-01-01T00:00:00Z',
  setBy: 'Ana',
  reason: '',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  certification: null,
  supplies: 4,
  version: 1,
  ...more,
})
const of = (ownedCells: number, ...rows: AssignmentView[]) =>
  dissolvingText({ ownedCells, assignments: { rows, more: false } })

describe('dissolvingText', () => {
  it('counts the cells that lose a credible owner, not those that have none already', () => {
    expect(of(10, assignment({}), assignment({ credible: false, supplies: 6 }))).toContain(
      '4 cells lose their credible',
    )
    expect(of(1, assignment({ supplies: 1 }))).toContain('1 cell loses its credible')
    expect(of(0)).toContain('No cell loses')
    expect(of(1001, assignment({}))).toContain('1,000+ cells')
  })

  it('says how many proposals are left without an answer', () => {
    expect(of(4, assignment({ state: 'proposed' }))).toContain('1 proposal waits for an answer that nobody can give.')
  })
})
