import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapStates, severities } from '@/lib/gaps/model'
import { rules } from '@/lib/gaps/rules'
import { layerIds } from '@/lib/layers'
import type { AuditItem, GapItem } from '../model'
import { ocsfOf } from '.'

/** Attributes that OCSF 1.8.0 requires in every event, and in those of the classes that are sent. */
const always = ['activity_id', 'category_uid', 'class_uid', 'type_uid', 'severity_id', 'time', 'metadata']
const byClass: Record<number, string[]> = {
  2003: ['compliance', 'finding_info'],
  3004: ['entity'],
  3005: ['user', 'privileges'],
  6003: ['actor', 'api', 'src_endpoint'],
}

const at = new Date('2026-11-28T10:00:00.000Z')
const change: AuditItem = {
  kind: 'audit',
  position: 7,
  id: '01a0f6f4-0000-7000-8000-000000000001',
  at,
  actor: { kind: 'account', id: '01a0f6f4-0000-7000-8000-000000000002', name: 'Ana Ruiz' },
  action: 'tools.update',
  subject: { type: 'tool', id: '01a0f6f4-0000-7000-8000-000000000003', slug: 'crm' },
  before: { classification: 'internal' },
  after: { classification: 'confidential' },
  reason: 'Holds names',
  requestId: 'r-1',
  binding: null,
}
const binding = { agentId: 'a', agent: 'bot', toolId: 't', tool: 'crm', actions: ['read'] }

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
const anyChange: fc.Arbitrary<AuditItem> = fc.record({
  kind: fc.constant('audit' as const),
  position: fc.nat(),
  id: fc.uuid(),
  at: fc.constant(at),
  actor: fc.record({
    kind: fc.constantFrom('account' as const, 'token' as const, 'system' as const),
    id: fc.option(fc.uuid()),
    name: text,
  }),
  action: fc.constantFrom('agents.create', 'agents.transition', 'bindings.transition', 'imports.apply', 'gaps.comment'),
  subject: fc.record({ type: text, id: text, slug: fc.option(text) }),
  before: fc.constantFrom(null, { state: 'approved' }, ['x']),
  after: fc.constantFrom(null, { state: 'active' }, { state: 'revoked' }, { lifecycle: 'retired' }, ['x']),
  reason: fc.option(text),
  requestId: text,
  binding: fc.constantFrom(null, binding, { ...binding, actions: [] }),
})
const anyGap: fc.Arbitrary<GapItem> = fc.record({
  kind: fc.constant('gap' as const),
  position: fc.nat(),
  id: fc.uuid(),
  at: fc.constant(at),
  actor: text,
  note: fc.option(text),
  fromState: fc.constantFrom(null, ...gapStates),
  toState: fc.constantFrom(...gapStates),
  gap: fc.record({
    id: fc.uuid(),
    rule: fc.constantFrom('a-rule-that-is-gone', ...rules.map(({ id }) => id)),
    layer: fc.constantFrom(null, ...layerIds),
    severity: fc.constantFrom(...severities),
    explanation: text,
    openedAt: fc.constant(at),
    subject: fc.record({ type: text, id: text, slug: text }),
  }),
})

/** Paths at which a value is null, an empty text or an empty array: what does not apply has to be absent. */
function emptyIn(value: unknown, path = ''): string[] {
  if (value === null || value === undefined || value === '') return [path]
  if (Array.isArray(value) && value.length === 0) return [path]
  if (typeof value !== 'object' || path.endsWith('.data')) return []
  return Object.entries(value).flatMap(([key, each]) => emptyIn(each, `${path}.${key}`))
}

describe('an event of OCSF', () => {
  it('has what its class requires, and nothing that is empty', () => {
    fc.assert(
      fc.property(fc.oneof(anyChange, anyGap), (item) => {
        const event = ocsfOf(item)
        expect(Object.keys(event)).toEqual(expect.arrayContaining([...always, ...(byClass[event.class_uid] ?? ['?'])]))
        expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id)
        expect(event.category_uid).toBe(Math.floor(event.class_uid / 1000))
        expect(emptyIn(event)).toEqual([])
        if (event.activity_id === 99) expect(event.activity_name).toBeTypeOf('string')
      }),
    )
  })

  it('names a change by what it did', () => {
    expect(ocsfOf(change)).toMatchObject({ class_uid: 3004, activity_id: 3, comment: 'Holds names' })
    const retired = { ...change, action: 'agents.transition', after: { lifecycle: 'retired' } }
    expect(ocsfOf(retired)).toMatchObject({ type_uid: 300411 })
    expect(ocsfOf({ ...change, action: 'assignments.accept' })).toMatchObject({
      activity_id: 99,
      activity_name: 'accept',
    })
  })

  it('tells access that is given or taken as such', () => {
    const given = { ...change, action: 'bindings.transition', after: { state: 'active' }, binding }
    expect(ocsfOf(given)).toMatchObject({ type_uid: 300501, user: { name: 'bot', type_id: 4 }, privileges: ['read'] })
    expect(ocsfOf({ ...given, after: { state: 'revoked' } })).toMatchObject({ type_uid: 300502 })
  })

  it('keeps the identity of a gap from opening to closing', () => {
    const [gap] = fc.sample(anyGap, { numRuns: 1, seed: 1 })
    if (!gap) throw new Error('no sample')
    const opened = ocsfOf({ ...gap, fromState: null, toState: 'open' })
    const closed = ocsfOf({ ...gap, fromState: 'open', toState: 'resolved' })
    const again = ocsfOf({ ...gap, fromState: 'resolved', toState: 'open' })
    expect([opened.activity_id, closed.activity_id, again.activity_id]).toEqual([1, 3, 1])
    expect([opened.status_id, closed.status_id]).toEqual([1, 4])
    expect(opened.finding_info).toMatchObject({ uid: gap.gap.id })
    expect(closed.finding_info).toMatchObject({ uid: gap.gap.id })
  })
})
