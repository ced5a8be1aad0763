import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../model'
import { adjusted, type Facts } from './adjust'
import type { PresentRow } from './diff'
import type { Fields } from './fields'

const now = new Date('2026-11-24T12:00:00Z')
const facts = (kind: ImportKind = 'estate', destructive: string[] = []): Facts => ({
  restricting: true,
  now,
  kind,
  approving: { mayDecide: true, person: null },
  excepted: new Map(),
  destructiveTools: new Set(destructive),
  retired: new Set(['agents/old-bot', 'tools/old-crm']),
})
const row = (fields: Fields, editedFields: string[] = []): PresentRow => ({ id: '1', editedFields, fields })

describe('agents', () => {
  it.each<[ImportKind, string]>([
    ['estate', 'proposed'],
    ['a2a', 'discovered'],
    ['csv', 'discovered'],
  ])('a new one from %s is %s unless it says otherwise', (kind, lifecycle) => {
    expect(adjusted('agents', {}, undefined, facts(kind)).wanted.lifecycle).toBe(lifecycle)
    expect(adjusted('agents', { lifecycle: 'active' }, undefined, facts(kind)).wanted.lifecycle).toBe('active')
  })
  it('an import that comes across it again never moves it back to discovered', () => {
    const { wanted, errors } = adjusted(
      'agents',
      { lifecycle: 'discovered' },
      row({ lifecycle: 'active' }),
      facts('a2a'),
    )
    expect(wanted).toEqual({})
    expect(errors).toEqual([])
  })
  it.each([
    ['discovered', 'active', true],
    ['suspended', 'active', true],
    ['active', 'active', true],
    ['active', 'proposed', false],
    ['retired', 'active', false],
  ])('from %s to %s: %s', (from, lifecycle, allowed) => {
    const { errors } = adjusted('agents', { lifecycle }, row({ lifecycle: from }), facts())
    expect(errors.length === 0).toBe(allowed)
  })
  it('a state that a person has set is a conflict, not an error', () => {
    const present = row({ lifecycle: 'retired' }, ['lifecycle'])
    expect(adjusted('agents', { lifecycle: 'active' }, present, facts()).errors).toEqual([])
  })
})

describe('teams', () => {
  it('adds and re-roles members and takes nobody out', () => {
    const present = row({
      members: [
        { person: 'ana', role: 'lead' },
        { person: 'ben', role: 'member' },
      ],
    })
    const { wanted, notes } = adjusted(
      'teams',
      {
        members: [
          { person: 'cy', role: 'lead' },
          { person: 'ana', role: 'member' },
        ],
      },
      present,
      facts(),
    )
    expect(wanted.members).toEqual([
      { person: 'ana', role: 'member' },
      { person: 'ben', role: 'member' },
      { person: 'cy', role: 'lead' },
    ])
    expect(notes).toHaveLength(1)
    expect(notes[0]?.message).toContain('ben')
  })
})

describe('bindings', () => {
  const bind = (wanted: Fields, present?: PresentRow, destructive: string[] = []) =>
    adjusted('bindings', { tool: 'crm', ...wanted }, present, facts('estate', destructive))

  it('are of high risk where the tool can destroy something and nobody has rated it, else medium', () => {
    expect(bind({}, undefined, ['crm']).wanted.risk).toBe('high')
    expect(bind({}).wanted.risk).toBe('medium')
    expect(bind({ risk: 'low' }, undefined, ['crm']).wanted.risk).toBe('low')
    expect(bind({}, row({ state: 'active', risk: 'low' }), ['crm']).wanted.risk).toBeUndefined()
  })
  it.each<[string, Fields, PresentRow | undefined, string | undefined]>([
    ['new and active: now', { state: 'active' }, undefined, now.toISOString()],
    [
      'certified earlier: by then',
      { state: 'active', certifiedAt: '2026-10-01T00:00:00.000Z' },
      undefined,
      '2026-10-01T00:00:00.000Z',
    ],
    [
      'said by the source',
      { state: 'active', activeSince: '2026-01-01T00:00:00.000Z' },
      undefined,
      '2026-01-01T00:00:00.000Z',
    ],
    ['active before', { state: 'active' }, row({ state: 'active' }), undefined],
    ['activated', { state: 'active' }, row({ state: 'approved' }), now.toISOString()],
    ['revoked by hand', { state: 'active' }, row({ state: 'revoked' }, ['state']), undefined],
    ['not active', { state: 'requested' }, undefined, undefined],
  ])('active since, %s', (_, wanted, present, since) => {
    expect(bind(wanted, present).wanted.activeSince).toBe(since)
  })
  it('an intent with another text needs another approval', () => {
    const present = row({
      'intent.text': 'Look up',
      'intent.approvedBy': 'ana',
      'intent.approvedAt': '2026-01-01T00:00:00.000Z',
    })
    expect(bind({ 'intent.text': 'Delete' }, present).wanted).toMatchObject({
      'intent.approvedBy': null,
      'intent.approvedAt': null,
    })
    expect(bind({ 'intent.text': 'Look up' }, present).wanted).not.toHaveProperty(['intent.approvedBy'])
    expect(bind({ 'intent.text': 'Delete', 'intent.approvedBy': 'ana' }, present).wanted['intent.approvedAt']).toBe(
      now.toISOString(),
    )
    expect(
      bind({ 'intent.text': 'Look up', 'intent.approvedBy': 'ana' }, present).wanted['intent.approvedAt'],
    ).toBeUndefined()
  })
  it('move as the registry lets them: what was revoked may have been asked for again since', () => {
    expect(bind({ state: 'active' }, row({ state: 'requested' })).errors).toEqual([])
    expect(bind({ state: 'active' }, row({ state: 'revoked' })).errors).toEqual([])
    expect(bind({ state: 'revoked' }, row({ state: 'active' })).errors).toEqual([])
    expect(bind({ state: 'requested' }, row({ state: 'active' })).errors).toEqual([])
    expect(bind({ state: 'requested' }, row({ state: 'approved' })).errors).toEqual([])
  })
  it.each([
    ['support-bot', 'old-crm', 'The tool "old-crm" is retired, so the binding is revoked'],
    ['old-bot', 'crm', 'The agent "old-bot" is retired, so the binding is revoked'],
  ])('of %s and %s are revoked with what is retired, whoever set their state', (agent, tool, message) => {
    const present = row({ state: 'active' }, ['state'])
    expect(bind({ agent, tool, state: 'active' }, present)).toMatchObject({
      wanted: { state: 'revoked' },
      imposed: ['state'],
      errors: [],
      notes: [{ field: 'state', message }],
    })
    expect(bind({ agent, tool })).toMatchObject({ wanted: { state: 'revoked' }, notes: [] })
  })
  it('stay as a campaign has certified them until the source knows of a later day', () => {
    const certifiedAt = '2026-02-01T00:00:00.000Z'
    const present = row({ state: 'active', certifiedAt, isCertifiedInCampaign: true })
    const said = (day: string, is = present) => bind({ certifiedAt: `${day}T00:00:00.000Z` }, is).wanted.certifiedAt
    expect(said('2026-01-31')).toBeUndefined()
    expect(said('2026-02-01')).toBeUndefined()
    expect(said('2026-02-02')).toBe('2026-02-02T00:00:00.000Z')
    expect(said('2026-01-31', row({ state: 'active', certifiedAt }))).toBe('2026-01-31T00:00:00.000Z')
  })
  it('start over when they come back from revoked: an approval or certification of the last time does not count', () => {
    const present = row({
      state: 'revoked',
      activeSince: '2026-01-01T00:00:00.000Z',
      'intent.text': 'Look up',
      'intent.approvedBy': 'ana',
      'intent.approvedAt': '2026-01-01T00:00:00.000Z',
      certifiedAt: '2026-02-01T00:00:00.000Z',
    })
    expect(bind({ state: 'active' }, present).wanted).toMatchObject({
      activeSince: now.toISOString(),
      'intent.approvedBy': null,
      'intent.approvedAt': null,
      certifiedAt: null,
    })
    expect(bind({ state: 'active', 'intent.approvedBy': 'ana' }, present).wanted).toMatchObject({
      'intent.approvedBy': 'ana',
      'intent.approvedAt': now.toISOString(),
    })
    expect(bind({ state: 'revoked' }, present).wanted).not.toHaveProperty('certifiedAt')
    const active = row({ ...present.fields, state: 'active' })
    expect(bind({ state: 'requested' }, active).wanted).toMatchObject({ activeSince: null, certifiedAt: null })
    expect(bind({ state: 'active' }, active).wanted).not.toHaveProperty('certifiedAt')
  })
})

describe('contracts', () => {
  const signed = row({
    version: 1,
    state: 'in_force',
    digest: String(adjusted('contracts', { limits: { actions: ['read'] } }, undefined, facts()).wanted.digest),
  })
  it('have one digest for the same limits however they are written', () => {
    const digest = (limits: Fields) => adjusted('contracts', { limits }, undefined, facts()).wanted.digest
    expect(digest({ a: 1, b: [2] })).toBe(digest({ b: [2], a: 1 }))
    expect(digest({ a: 1 })).not.toBe(digest({ a: 2 }))
  })
  it('keep their limits once they are signed off', () => {
    expect(adjusted('contracts', { limits: { actions: ['read'] } }, signed, facts()).errors).toEqual([])
    expect(adjusted('contracts', { limits: { actions: ['write'] } }, signed, facts()).errors).toHaveLength(1)
  })
  it('are not drafts again because a file is silent on their state', () => {
    expect(adjusted('contracts', { state: 'draft' }, signed, facts())).toMatchObject({ wanted: {}, errors: [] })
    expect(adjusted('contracts', { state: 'signed_off' }, signed, facts()).errors).toHaveLength(1)
  })
})
