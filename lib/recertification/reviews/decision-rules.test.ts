import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { commentNeeded, type Deciding, refuseDecision } from './decision-rules'
import type { AskedDecision } from './model'

const me = v7()
const team = { id: v7(), name: 'Cloud', isActive: true }
type Change = Partial<Omit<Deciding, 'item' | 'campaign' | 'asked'>> & {
  item?: Partial<Deciding['item']>
  campaign?: Partial<Deciding['campaign']>
  asked?: Partial<NonNullable<Deciding['asked']>> | null
}
const deciding = (more: Change = {}): Deciding => {
  const base: Deciding = {
    item: {
      subject: 'bot/crm@production',
      risk: 'medium',
      state: 'open',
      stage: 1,
      outcome: null,
      accountableId: v7(),
      teamId: v7(),
      wasDeferred: false,
    },
    campaign: { name: 'Q4', state: 'running', stage: 1, selfReview: false, over: null },
    today: '2026-11-10',
    dueOn: '2026-11-20',
    asked: { stage: 1, state: 'open', note: null },
    personId: me,
    answeredBy: null,
    team,
    person: { name: 'Eve', isActive: true },
  }
  return {
    ...base,
    ...more,
    item: { ...base.item, ...more.item },
    campaign: { ...base.campaign, ...more.campaign },
    asked: more.asked === null ? null : { stage: 1, state: 'open', note: null, ...more.asked },
  }
}
const decide = (decision: Partial<AskedDecision>, more?: Change) =>
  refuseDecision({ item: v7(), verdict: 'certify', ...decision }, deciding(more))

describe('what may be decided', () => {
  it('takes what is complete', () => {
    expect(decide({})).toBeNull()
    expect(decide({ verdict: 'revoke', comment: 'Not needed' })).toBeNull()
    expect(decide({ verdict: 'reassign', comment: 'Moved', toTeam: 'cloud', toPerson: 'eve' })).toBeNull()
    expect(decide({ verdict: 'defer', deferUntil: '2026-11-20' })).toBeNull()
    expect(decide({ verdict: 'not_mine', comment: 'Ask Ben' }, { item: { accountableId: me } })).toBeNull()
    expect(decide({}, { item: { accountableId: me }, campaign: { selfReview: true } })).toBeNull()
  })

  it.each<[string, Partial<AskedDecision>, Change, string, string, RegExp]>([
    ['somebody else’s', {}, { asked: null }, 'not_found', 'item', /not asked/],
    [
      'a campaign that is over',
      {},
      { campaign: { over: 'It was closed by Dan.' } },
      'wrong_state',
      'item',
      /closed by Dan/,
    ],
    ['what was withdrawn', {}, { item: { state: 'withdrawn' } }, 'wrong_state', 'item', /not asked about any more/],
    ['an earlier stage', {}, { item: { stage: 2 } }, 'wrong_state', 'item', /stage in which you were asked/],
    [
      'what another answered',
      {},
      { item: { state: 'answered' }, answeredBy: { name: 'Ana', at: '10:00' }, asked: { state: 'answered' } },
      'conflict',
      'item',
      /Ana answered .* at 10:00/,
    ],
    [
      'what was passed on',
      {},
      { asked: { state: 'passed_on', note: 'Not mine' } },
      'wrong_state',
      'item',
      /passed on by you: Not mine/,
    ],
    ['a lapsed review', {}, { asked: { state: 'lapsed' } }, 'wrong_state', 'item', /not asked .* any more/],
    ['one’s own', {}, { item: { accountableId: me } }, 'refused', 'item', /answer for .* yourself/],
    ['high risk in silence', {}, { item: { risk: 'high' } }, 'invalid_input', 'comment', /high risk/],
    ['a silent revocation', { verdict: 'revoke' }, {}, 'invalid_input', 'comment', /Say why/],
    ['no team', { verdict: 'reassign', comment: 'x' }, {}, 'invalid_input', 'toTeam', /Name the team/],
    [
      'an unknown team',
      { verdict: 'reassign', comment: 'x', toTeam: 'no' },
      { team: null },
      'invalid_input',
      'toTeam',
      /no team/,
    ],
    [
      'a dissolved team',
      { verdict: 'reassign', comment: 'x', toTeam: 'c' },
      { team: { ...team, isActive: false } },
      'invalid_input',
      'toTeam',
      /dissolved/,
    ],
    [
      'the same team',
      { verdict: 'reassign', comment: 'x', toTeam: 'c' },
      { item: { teamId: team.id } },
      'invalid_input',
      'toTeam',
      /already/,
    ],
    [
      'a leaver',
      { verdict: 'reassign', comment: 'x', toTeam: 'c', toPerson: 'e' },
      { person: { name: 'Eve', isActive: false } },
      'invalid_input',
      'toPerson',
      /left/,
    ],
    [
      'a second deferral',
      { verdict: 'defer', deferUntil: '2026-11-12' },
      { item: { wasDeferred: true } },
      'refused',
      'item',
      /once already/,
    ],
    [
      'a deferral until today',
      { verdict: 'defer', deferUntil: '2026-11-10' },
      {},
      'invalid_input',
      'deferUntil',
      /after today/,
    ],
    [
      'a deferral past the stage',
      { verdict: 'defer', deferUntil: '2026-11-21' },
      {},
      'invalid_input',
      'deferUntil',
      /2026-11-20/,
    ],
    ['a deferral without a day', { verdict: 'defer' }, {}, 'invalid_input', 'deferUntil', /Choose the day/],
    ['a team with a certification', { toTeam: 'cloud' }, {}, 'invalid_input', 'toTeam', /Only for reassign/],
    ['a day with a certification', { deferUntil: '2026-11-12' }, {}, 'invalid_input', 'deferUntil', /Only for defer/],
  ])('refuses %s', (_name, decision, more, code, field, message) => {
    expect(decide(decision, more)).toMatchObject({ code, field, message: expect.stringMatching(message) })
  })

  it('asks for a comment where one is due', () => {
    expect(commentNeeded('certify', 'medium')).toBe(false)
    expect(commentNeeded('certify', 'critical')).toBe(true)
    expect(commentNeeded('defer', 'critical')).toBe(false)
    expect(commentNeeded('not_mine', 'low')).toBe(true)
  })
})
