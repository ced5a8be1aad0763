import { describe, expect, it } from 'vitest'
import { estateOwnerSchema } from '../estate/model'
import type { ImportKind } from '../model'
import { type PastOwner, planOwner } from './owner-plan'

const now = new Date('2026-11-24T12:00:00Z')
const day = (text: string) => new Date(`${text}T00:00:00Z`)
const entry = (more: object = {}) =>
  estateOwnerSchema.parse({ layer: 'identity', scope: 'agent', subject: 'bot', team: 'iam', ...more })
const past = (more: Partial<PastOwner> = {}): PastOwner => ({
  id: 'a1',
  team: 'iam',
  person: null,
  deputies: [],
  state: 'accepted',
  validFrom: day('2026-01-01'),
  validTo: null,
  decidedAt: null,
  source: 'estate',
  ...more,
})
const plan = (owner: object, history: PastOwner[], kind: ImportKind = 'estate') =>
  planOwner(entry(owner), history, { now, kind })

describe('planOwner', () => {
  it('names an owner where there is none, since when the file says', () => {
    const created = plan({ state: 'accepted', since: '2026-03-01' }, [])
    expect(created).toMatchObject({
      action: 'create',
      replaces: null,
      draft: { state: 'accepted', validFrom: day('2026-03-01'), validTo: null, decidedAt: day('2026-03-01') },
    })
    expect(plan({}, [])).toMatchObject({
      action: 'create',
      draft: { state: 'proposed', validFrom: now, decidedAt: null },
    })
  })

  it.each<[string, object, Partial<PastOwner>, string, ImportKind?]>([
    ['the same', { state: 'accepted' }, {}, 'unchanged'],
    ['the same with another since', { state: 'accepted', since: '2025-01-01' }, {}, 'unchanged'],
    ['a proposal, accepted in the meantime', {}, {}, 'unchanged'],
    ['accepted by the file', { state: 'accepted' }, { state: 'proposed' }, 'decide'],
    ['declined by the file', { state: 'declined' }, { state: 'proposed' }, 'decide'],
    ['ended by the file', { state: 'ended' }, {}, 'decide'],
    ['ended already', { state: 'ended' }, { state: 'ended', validTo: day('2026-02-01') }, 'unchanged'],
    ['declined already', { state: 'declined' }, { state: 'declined', decidedAt: day('2026-02-01') }, 'unchanged'],
    ['another team', { team: 'pam' }, {}, 'create'],
    ['another person', { person: 'ana' }, {}, 'create'],
    ['another team than one set by hand', { team: 'pam', state: 'accepted' }, { source: 'person' }, 'conflict'],
    ['ending one set by hand', { state: 'ended' }, { source: 'person' }, 'conflict'],
    ['the same as one set by hand', { state: 'accepted' }, { source: 'person' }, 'unchanged'],
    ['a proposal against another source', { team: 'pam' }, {}, 'conflict', 'backstage'],
    ['a decision against another source', { team: 'pam', state: 'accepted' }, { source: 'backstage' }, 'create'],
    ['declined by the team since', {}, { state: 'declined', decidedAt: day('2026-05-01') }, 'conflict'],
    ['ended by a person since', {}, { state: 'ended', validTo: day('2026-05-01') }, 'conflict'],
    ['named again after it ended', { since: '2026-06-01' }, { state: 'ended', validTo: day('2026-05-01') }, 'create'],
    ['another after it ended', { team: 'pam' }, { state: 'ended', validTo: day('2026-05-01') }, 'create'],
  ])('%s', (_, owner, before, action, kind) => {
    expect(plan(owner, [past(before)], kind).action).toBe(action)
  })

  it('begins where the old owner ends, and rewrites nothing of the past', () => {
    expect(plan({ team: 'pam', state: 'accepted', since: '2026-03-01' }, [past()])).toMatchObject({
      replaces: { id: 'a1' },
      endsAt: now,
      draft: { validFrom: now, proposedAt: day('2026-03-01') },
    })
    expect(plan({ team: 'pam', since: '2027-01-01' }, [past()])).toMatchObject({
      endsAt: day('2027-01-01'),
      draft: { validFrom: day('2027-01-01') },
    })
  })

  it('counts from a later day on, and was decided by now', () => {
    expect(plan({ state: 'accepted', since: '2027-01-01' }, [])).toMatchObject({
      action: 'create',
      draft: { validFrom: day('2027-01-01'), proposedAt: now, decidedAt: now },
    })
    expect(plan({ state: 'ended', since: '2027-01-01' }, [])).toMatchObject({
      draft: { validFrom: now, validTo: now },
    })
    expect(plan({ state: 'accepted', since: '2027-01-01' }, [past({ state: 'proposed' })])).toMatchObject({ at: now })
  })

  it('does not reach back into the time of a former owner', () => {
    const former = past({ team: 'pam', state: 'ended', validTo: day('2026-05-01') })
    expect(plan({ since: '2026-02-01' }, [former])).toMatchObject({ draft: { validFrom: day('2026-05-01') } })
  })

  it('keeps one that is over as one that is in nobody’s way', () => {
    expect(plan({ state: 'ended', since: '2026-02-01' }, [past({ team: 'pam' })])).toMatchObject({
      action: 'create',
      replaces: null,
      draft: { state: 'ended', validFrom: day('2026-02-01'), validTo: day('2026-02-01') },
    })
  })
})
