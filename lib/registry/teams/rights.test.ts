import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { mayEditTeam } from './rights'

const actor = (role: Actor['role'], leadOf: string[] = [], scopes: Actor['scopes'] = null): Actor => ({
  kind: 'account',
  id: 'a',
  name: 'Ana',
  role,
  personId: 'p',
  leadOf: new Set(leadOf),
  scopes,
})
const team = { id: 't', name: 'Identity' }

describe('editing a team', () => {
  it.each([
    ['a governance lead edits everything', actor('governance_lead'), ['name', 'status'], true],
    ['its lead edits the contact', actor('member', ['t']), ['contact'], true],
    [
      'its lead edits nothing else',
      actor('member', ['t']),
      ['contact', 'name'],
      'As lead of Identity you may change its contact, not name.',
    ],
    [
      'a lead of another team edits nothing',
      actor('member', ['other']),
      ['contact'],
      'This needs the role Admin or Governance lead; yours is Member.',
    ],
  ])('%s', (_title, who, fields, verdict) => {
    expect(mayEditTeam(who, team, fields)).toBe(verdict)
  })
})
