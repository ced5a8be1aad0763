import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '@/lib/access/model'
import { mayDecide, mayWithdraw, type StandingException, standingOf } from './exception-states'

const now = new Date('2026-11-01T00:00:00Z')
const seconds = (count: number) => new Date(now.getTime() + count * 1000)
const actor = (role: Role, id: string): Actor => ({
  kind: 'account',
  id,
  name: id,
  role,
  personId: null,
  leadOf: new Set(),
  scopes: null,
})
const asked: StandingException = { state: 'asked', expires: seconds(60), askedById: 'ana' }
const approved: StandingException = { ...asked, state: 'approved' }

describe('where an exception stands', () => {
  it.each([
    [1, 'in_force'],
    [0, 'expired'],
    [-1, 'expired'],
  ] as const)('approved and over in %d seconds: %s', (left, standing) => {
    expect(standingOf({ state: 'approved', expires: seconds(left) }, now)).toBe(standing)
  })
})

describe('who decides about an exception', () => {
  it('is a lead who did not ask for it', () => {
    expect(mayDecide(asked, actor('governance_lead', 'ben'), now)).toBe(true)
    expect(mayDecide(asked, actor('governance_lead', 'ana'), now)).toContain('yourself')
    expect(mayDecide(asked, actor('engineer', 'ben'), now)).toContain('needs the role')
    expect(mayDecide({ ...asked, askedById: null }, actor('admin', 'ben'), now)).toBe(true)
  })

  it('decides once', () => {
    expect(mayDecide(approved, actor('admin', 'ben'), now)).toBe('It is in force already.')
  })
})

describe('who withdraws an exception', () => {
  it('is who asked, or a lead, while it is asked for or in force', () => {
    for (const exception of [asked, approved]) {
      expect(mayWithdraw(exception, actor('engineer', 'ana'), now)).toBe(true)
      expect(mayWithdraw(exception, actor('engineer', 'ben'), now)).toContain('Only who asked')
      expect(mayWithdraw(exception, actor('governance_lead', 'ben'), now)).toBe(true)
      expect(mayWithdraw({ ...exception, state: 'refused' }, actor('admin', 'ben'), now)).toContain('already')
    }
    expect(mayWithdraw({ ...approved, expires: now }, actor('admin', 'ben'), now)).toBe('It is expired already.')
  })
})
