import { describe, expect, it } from 'vitest'
import { reportDigest, type SignedHead } from './signed'
import { recordOf, reportOf } from './testing'

const { campaign, definition } = reportOf(2)
const head: SignedHead = {
  format: 'pentarch/campaign-report/v1',
  campaign: { ...campaign, definition, outcome: 'closed', endedAt: '2026-11-20T09:00:00.000Z' },
  stages: [],
  counts: [],
  attestation: 'I looked at it.',
  signedAt: '2026-11-24T09:00:00.000Z',
}

async function digestOf(records: ReturnType<typeof recordOf>[], more: Partial<SignedHead> = {}) {
  async function* stream() {
    yield* records
  }
  return await reportDigest({ ...head, ...more }, stream())
}

const remediation = {
  id: 'r',
  state: 'open' as const,
  createdAt: '2026-11-20T09:00:00.000Z',
  dueAt: '2026-11-27T09:00:00.000Z',
  team: null,
  assignee: null,
  verifiedAt: null,
  events: [],
}

describe('the digest of a report', () => {
  it('hangs on no order of the records', async () => {
    expect(await digestOf([recordOf('a'), recordOf('b')])).toBe(await digestOf([recordOf('b'), recordOf('a')]))
  })

  it.each<[string, ReturnType<typeof recordOf>]>([
    ['an outcome', recordOf('a', { outcome: 'revoke' })],
    ['a decision', recordOf('a', { decisions: [] })],
    [
      'a comment of the time',
      recordOf('a', { comments: [{ at: '2026-11-19T09:00:00.000Z', author: 'x', text: 'y' }] }),
    ],
    ['that a remediation was opened', recordOf('a', { remediation })],
    ['another record', recordOf('b')],
  ])('changes with %s', async (_, record) => {
    expect(await digestOf([record])).not.toBe(await digestOf([recordOf('a')]))
  })

  it('changes with what was attested to', async () => {
    expect(await digestOf([], { attestation: 'Something else' })).not.toBe(await digestOf([]))
  })

  it('stays when a remediation goes on, a comment comes later, or a team gets another name', async () => {
    const team = { id: 't', slug: 'cloud', name: 'Cloud' }
    const before = await digestOf([recordOf('a', { remediation, team })])
    const later = recordOf('a', {
      remediation: { ...remediation, state: 'verified', verifiedAt: '2026-11-25T09:00:00.000Z' },
      comments: [{ at: '2026-11-25T09:00:00.000Z', author: 'x', text: 'Done' }],
      team: { ...team, name: 'Clouds' },
    })
    expect(await digestOf([later])).toBe(before)
  })
})
