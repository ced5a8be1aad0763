import { describe, expect, it } from 'vitest'
import { type Reached, type Widening, widening } from './widening'

const tool = (slug: string) => ({ slug, name: slug.toUpperCase() })
const reached = (slug: string, more: Partial<Omit<Reached, 'tool'>> = {}): Reached => ({
  tool: tool(slug),
  actions: ['read'],
  risk: 'medium',
  independentPrivileges: false,
  ...more,
})
const reach = (...all: Reached[]) => new Map(all.map((each) => [each.tool.slug, each]))
const nothing: Widening = { tools: [], actions: [], risks: [], independentPrivileges: [] }

describe('privilege along a delegation', () => {
  it.each<[string, Reached[], Reached[], Partial<Widening> | null]>([
    ['stays when both reach nothing', [], [], null],
    ['stays when both reach the same', [reached('crm')], [reached('crm')], null],
    ['narrows', [reached('crm'), reached('erp')], [reached('crm')], null],
    [
      'widens by a tool',
      [reached('crm')],
      [reached('erp', { risk: 'high', independentPrivileges: true })],
      { tools: [{ tool: tool('erp'), risk: 'high', independentPrivileges: true }] },
    ],
    [
      'widens by an action',
      [reached('crm')],
      [reached('crm', { actions: ['read', 'delete'] })],
      { actions: [{ tool: tool('crm'), actions: ['delete'] }] },
    ],
    ['is not said to widen where actions are not recorded', [reached('crm', { actions: [] })], [reached('crm')], null],
    [
      'widens by risk',
      [reached('crm', { risk: 'low' })],
      [reached('crm', { risk: 'critical' })],
      { risks: [{ tool: tool('crm'), from: 'low', to: 'critical' }] },
    ],
    ['does not widen by lower risk', [reached('crm', { risk: 'high' })], [reached('crm', { risk: 'low' })], null],
    [
      'widens by credentials of its own on the way',
      [reached('crm')],
      [reached('crm', { independentPrivileges: true })],
      { independentPrivileges: [tool('crm')] },
    ],
  ])('%s', (_title, delegator, delegate, expected) => {
    expect(widening(reach(...delegator), reach(...delegate))).toEqual(expected && { ...nothing, ...expected })
  })
})
