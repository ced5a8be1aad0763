import { describe, expect, it } from 'vitest'
import { urls } from '@/lib/urls'
import { mendOf, placeOf } from './mend'

const gap = {
  rule: 'layer-unowned',
  layer: 'identity' as const,
  subject: { type: 'agent' as const, slug: 'bot', name: 'Bot', id: 'id' },
  point: null,
  affected: 2,
  bindings: { rows: [], more: false },
}
const assignment = (slug: string) => ({ ...gap, subject: { ...gap.subject, type: 'assignment' as const, slug } })

describe('where a gap is mended', () => {
  it('is the page of its subject', () => {
    expect(placeOf(gap)).toEqual({ href: urls.agent('bot'), label: 'Open the agent' })
    expect(placeOf(assignment('enforcement:tool:crm')).href).toBe(urls.tool('crm'))
    expect(placeOf(assignment('enforcement:binding:bot/crm@production')).href).toBe(urls.binding('bot/crm@production'))
    expect(placeOf(assignment('identity:organisation')).href).toBe(urls.matrix({ layer: 'identity' }))
  })

  it('is the matrix for a missing owner that bindings show, and the point for one that drifts', () => {
    expect(mendOf(gap)?.href).toBe(urls.matrix({ agent: 'bot' }))
    expect(mendOf({ ...gap, affected: 0 })).toBeNull()
    const drift = { ...gap, rule: 'contract-drift', point: { slug: 'edge', name: 'Edge' } }
    expect(mendOf(drift)).toEqual({ href: urls.enforcementPoint('edge'), label: 'Open Edge' })
    const onTool = { ...gap, rule: 'parity-broken', subject: { ...gap.subject, type: 'tool' as const, slug: 'crm' } }
    expect(mendOf(onTool)).toEqual({ href: urls.parity('crm'), label: 'Open the answers' })
    expect(mendOf({ ...gap, rule: 'boundary-missing' })).toBeNull()
  })
})
