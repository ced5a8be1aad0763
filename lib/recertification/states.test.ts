import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CampaignState,
  campaignStates,
  type Definition,
  definitionSchema,
  type ItemState,
  itemStates,
  outcomes,
  type RemediationState,
  remediationStates,
} from './model'
import { flowsAtEnd } from './stages/ending'
import {
  type CampaignEvent,
  type ItemEvent,
  type ItemPosition,
  isOutstanding,
  nextCampaignState,
  nextItemPosition,
  nextRemediationState,
  type RemediationEventType,
} from './states'

/**
 * Thousands of random steps by several people, the clock and the jobs through the pure state machines, and after each
 * one what has to hold: nothing decided twice, no decision lost or made after the end, nobody reviews what they answer
 * for themselves, the counts add up, and in the end every item has come somewhere.
 */
const people = ['ana', 'ben', 'cara', 'dan'] as const
type Who = (typeof people)[number]

interface Decision {
  by: Who | 'policy'
  stage: number
  outcome: 'certify' | 'reassign' | 'revoke'
  at: number
  standing: boolean
}
interface SimulatedItem {
  position: ItemPosition
  accountable: Who
  decisions: Decision[]
  remediation: RemediationState | null
}
interface World {
  now: number
  state: CampaignState
  stage: number
  definition: Definition
  items: SimulatedItem[]
  endedAt: number | null
}

/** A step that somebody or something tries; most tries are refused, and then change nothing. */
type Step = { type: string; who: number; item: number; choice: number }
const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  type: fc.constantFrom(
    ...[
      'decide',
      'decide',
      'decide',
      'decide',
      'undo',
      'send_back',
      'end_stage',
      'contest',
      'judge',
      'close',
      'apply',
      'stop',
      'remedy',
      'wait',
    ],
  ),
  who: fc.nat(people.length - 1),
  item: fc.nat(1000),
  choice: fc.nat(1000),
})

const begin = (count: number, stages: number, nonResponse: Definition['nonResponse']): World => ({
  now: 0,
  state: 'running',
  stage: 1,
  definition: definitionSchema.parse({
    kind: 'access',
    nonResponse,
    stages: Array.from({ length: stages }, (_, index) => ({
      ...{ name: `Stage ${index + 1}`, reviewers: { by: 'layer_lead' }, duration: 'P14D' },
    })),
  }),
  items: Array.from({ length: count }, (_, index) => ({
    position: { state: 'open', stage: 1, outcome: null },
    accountable: people[index % people.length] ?? 'ana',
    decisions: [],
    remediation: null,
  })),
  endedAt: null,
})

function moveItem(item: SimulatedItem, event: ItemEvent): boolean {
  const next = nextItemPosition(item.position, event)
  if (next.state === undefined) return false
  item.position = next.state
  return true
}

function moveCampaign(world: World, event: CampaignEvent): boolean {
  const next = nextCampaignState(world.state, event)
  if (next.state === undefined) return false
  world.state = next.state
  if (next.state === 'closed' || next.state === 'stopped') world.endedAt = world.now
  return true
}

const standingOf = (item: SimulatedItem) =>
  item.decisions.find(({ standing, stage }) => standing && stage === item.position.stage)

function endStage(world: World): void {
  const { definition, stage } = world
  const isLast = stage === definition.stages.length
  if (nextCampaignState(world.state, { type: 'stage_ended', isLast }).state === undefined) return
  const flows = flowsAtEnd(definition, stage)
  for (const item of world.items) {
    if (item.position.stage !== stage) continue
    const flow = flows.find(({ from }) => from.state === item.position.state && from.outcome === item.position.outcome)
    if (!flow) continue
    if (item.position.state === 'open' && flow.to.outcome === 'revoke')
      item.decisions.push({ by: 'policy', stage, outcome: 'revoke', at: world.now, standing: true })
    item.position = flow.to
  }
  const goesOn = world.items.some(({ position }) => position.stage === stage + 1)
  moveCampaign(world, { type: 'stage_ended', isLast: isLast || !goesOn })
  if (goesOn) world.stage += 1
}

const remedies = ['evidence', 'seen_gone', 'seen_back', 'cancel'] as const satisfies readonly RemediationEventType[]

function take(world: World, { type, who: whoIndex, item: itemIndex, choice }: Step): void {
  world.now += 1
  const who = people[whoIndex] ?? 'ana'
  const item = world.items[itemIndex % world.items.length]
  if (!item) return
  switch (type) {
    case 'decide': {
      if (world.state !== 'running' || item.position.stage !== world.stage || item.accountable === who) return
      const outcome = (['certify', 'reassign', 'revoke'] as const)[choice % 3] ?? 'certify'
      if (moveItem(item, { type: 'answer', outcome }))
        item.decisions.push({ by: who, stage: world.stage, outcome, at: world.now, standing: true })
      return
    }
    case 'undo':
    case 'send_back': {
      const decision = standingOf(item)
      if (world.state !== 'running' || !decision || (type === 'undo' && decision.by !== who)) return
      if (moveItem(item, { type })) decision.standing = false
      return
    }
    case 'end_stage':
      if (choice % 8 === 0) endStage(world)
      return
    case 'contest':
      if (world.state === 'settled') moveItem(item, { type: 'contest' })
      return
    case 'judge':
      moveItem(item, { type: choice % 2 === 0 ? 'uphold' : 'overturn' })
      return
    case 'close':
      if (!world.items.some(({ position }) => position.state === 'contested')) moveCampaign(world, { type: 'close' })
      return
    case 'apply':
      applyNext(world)
      return
    case 'stop':
      if (choice % 200 === 0) stop(world)
      return
    case 'remedy': {
      if (item.remediation === null) return
      const next = nextRemediationState(item.remediation, remedies[choice % remedies.length] ?? 'evidence')
      if (next.state !== undefined) item.remediation = next.state
      return
    }
    default:
      world.now += choice
  }
}

function applyNext(world: World): void {
  if (world.state !== 'closing') return
  const item = world.items.find(({ position }) => position.state === 'settled')
  if (item) {
    moveItem(item, { type: 'apply' })
    if (item.position.outcome === 'revoke') item.remediation = 'open'
  } else moveCampaign(world, { type: 'applied' })
}

function stop(world: World): void {
  if (!moveCampaign(world, { type: 'stop' })) return
  for (const item of world.items) moveItem(item, { type: 'withdraw' })
}

const ended: readonly ItemState[] = ['applied', 'withdrawn']

function validate(world: World, before: ReadonlyMap<SimulatedItem, number>): void {
  for (const item of world.items) {
    const { position, decisions, accountable, remediation } = item
    for (let stage = 1; stage <= world.stage; stage += 1) {
      expect(
        decisions.filter((each) => each.standing && each.stage === stage).length,
        'decided twice',
      ).toBeLessThanOrEqual(1)
    }
    expect(decisions.length, 'a decision was lost').toBeGreaterThanOrEqual(before.get(item) ?? 0)
    expect(
      decisions.every(({ by }) => by !== accountable),
      'reviewed by who answers for it',
    ).toBe(true)
    if (world.endedAt !== null)
      expect(
        decisions.every(({ at }) => at <= (world.endedAt ?? 0)),
        'decided after the end',
      ).toBe(true)
    if (position.state === 'answered') expect(standingOf(item)?.outcome).toBe(position.outcome)
    if (position.state === 'open') expect(standingOf(item)).toBeUndefined()
    if (['settled', 'contested', 'applied'].includes(position.state)) expect(position.outcome).not.toBeNull()
    expect(position.stage).toBeLessThanOrEqual(world.stage)
    expect(remediation !== null, 'a remediation for each applied revocation').toBe(
      position.state === 'applied' && position.outcome === 'revoke',
    )
  }
  const counted = itemStates.reduce(
    (sum, state) => sum + world.items.filter(({ position }) => position.state === state).length,
    0,
  )
  expect(counted, 'the counts add up').toBe(world.items.length)
  if (world.state === 'closed' || world.state === 'stopped')
    expect(
      world.items.every(({ position }) => ended.includes(position.state)),
      'every item ends',
    ).toBe(true)
}

/** Lets time pass until the campaign is over, whatever state the random steps left it in. */
function finish(world: World): void {
  for (let turn = 0; turn < world.items.length + 20 && world.endedAt === null; turn += 1) {
    if (world.state === 'running') endStage(world)
    for (const item of world.items) moveItem(item, { type: 'uphold' })
    moveCampaign(world, { type: 'close' })
    applyNext(world)
  }
}

describe('recertification, simulated', () => {
  it('keeps what has to hold over thousands of random steps, and every campaign comes to an end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('gap' as const, 'revoke' as const, 'extend_once' as const),
        fc.array(stepArbitrary, { minLength: 40, maxLength: 250 }),
        (count, stages, nonResponse, steps) => {
          const world = begin(count, stages, nonResponse)
          for (const step of steps) {
            const before = new Map(world.items.map((item) => [item, item.decisions.length]))
            take(world, step)
            validate(world, before)
          }
          finish(world)
          validate(world, new Map())
          expect(world.endedAt).not.toBeNull()
        },
      ),
      { seed: 5, numRuns: 150 },
    )
  })
})

describe('the state machines', () => {
  const events: CampaignEvent[] = [
    ...(['schedule', 'unschedule', 'start', 'launched', 'give_up', 'stop', 'close', 'applied'] as const).map(
      (type) => ({ type }),
    ),
    { type: 'stage_ended', isLast: true },
    { type: 'stage_ended', isLast: false },
  ]
  it('never leave an end', () => {
    for (const event of events) {
      expect(nextCampaignState('closed', event).refusal).toBe('The campaign is closed.')
      expect(nextCampaignState('stopped', event).refusal).toBe('The campaign is stopped.')
    }
    const all: ItemEvent[] = [
      ...(['undo', 'send_back', 'contest', 'uphold', 'overturn', 'apply', 'withdraw'] as const).map((type) => ({
        type,
      })),
      { type: 'answer', outcome: 'certify' },
      { type: 'stage_ended', next: null, unanswered: 'no_response' },
    ]
    for (const state of ended) {
      for (const event of all)
        expect(nextItemPosition({ state, stage: 1, outcome: 'certify' }, event).state).toBeUndefined()
    }
  })
  it('refuse with a sentence whatever they refuse', () => {
    for (const state of campaignStates) {
      for (const event of events) {
        const next = nextCampaignState(state, event)
        if (next.state === undefined) expect(next.refusal).toMatch(/^The campaign is .+\.$/)
      }
    }
  })
  it('let only revocations be contested', () => {
    for (const outcome of outcomes) {
      const { state } = nextItemPosition({ state: 'settled', stage: 1, outcome }, { type: 'contest' })
      expect(state !== undefined).toBe(outcome === 'revoke')
    }
  })
  it('count evidence and verification as done until the access is seen again', () => {
    const after = remediationStates.map((state) => [
      state,
      isOutstanding(state),
      nextRemediationState(state, 'seen_back').state,
    ])
    expect(after).toEqual([
      ['open', true, undefined],
      ['evidenced', false, 'reopened'],
      ['verified', false, 'reopened'],
      ['reopened', true, undefined],
      ['cancelled', false, undefined],
    ])
  })
})
