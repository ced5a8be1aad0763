import { describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import type { MatrixRow } from '@/lib/matrix/model'
import { tsvOf } from './cells'

const row = (more: Partial<MatrixRow> = {}): MatrixRow => ({
  id: '01900000-0000-7000-8000-000000000000',
  slug: 'bot/crm@production',
  agent: { slug: 'bot', name: 'Bot', lifecycle: 'active', restricted: false },
  tool: { slug: 'crm', name: 'CRM', kind: 'api', restricted: false },
  environment: 'production',
  risk: 'high',
  state: 'active',
  gaps: 0,
  cells: [],
  ...more,
})

const cell = (team: string, status: 'owned' | 'unconfirmed') => ({
  layer: 'identity' as const,
  status,
  source: 'agent' as const,
  team: { slug: 'team', name: team },
  person: null,
  assignmentId: '01900000-0000-7000-8000-000000000001',
  since: null,
  setBy: null,
  reason: null,
  decidedBy: null,
})

describe('rows copied for a spreadsheet', () => {
  const lineOf = (rows: MatrixRow[]) =>
    tsvOf(
      rows.map((each) => ({ kind: 'binding', row: each })),
      layerIds,
    ).split('\n')

  it('have a heading, one line a row, and words for what colour says on screen', () => {
    const [head, line] = lineOf([row({ cells: [cell('IAM', 'unconfirmed')] })])
    expect(head).toBe('Subject\tEnvironment\tRisk\tIdentity\tEntitlement\tPrivilege\tEnforcement\tMonitoring')
    expect(line).toBe('bot/crm@production\tproduction\thigh\tIAM (unconfirmed)\tunowned\tunowned\tunowned\tunowned')
  })

  /** A team that calls itself a formula stays text, and no name breaks out of its cell. */
  it('never carry a formula or a second cell in a name', () => {
    const [, line] = lineOf([row({ cells: [cell('=HYPERLINK("x")', 'owned')] }), row()])
    expect(line?.split('\t')[3]).toBe('\'=HYPERLINK("x")')
    expect(lineOf([row({ cells: [cell('A\tB\nC', 'owned')] })])).toHaveLength(2)
  })
})
