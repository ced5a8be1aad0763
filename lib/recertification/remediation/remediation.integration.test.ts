import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gapsAreRight } from '@/lib/gaps/reevaluate'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { closeWhole, closingCampaign, evaluateNow } from '../closing/testing'
import { asPerson, type SmallEstate, smallEstate } from '../testing'

/** Revoked access is done with when something shows that it is gone, and open again when it is back. */
let registry: TestRegistry
let estate: SmallEstate
let id: string
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())
beforeEach(async () => {
  registry.become(actorWith('governance_lead'))
  estate = await smallEstate(registry, 2)
  const campaign = await closingCampaign(registry, estate, [{ outcome: 'revoke' }, { outcome: 'certify' }])
  registry.wait(3600)
  await closeWhole(registry, campaign.id)
  const itemId = String(campaign.items[0]?.id)
  id = (await registry.database.prisma.remediation.findUniqueOrThrow({ where: { itemId } })).id
})

const first = () => {
  const [binding] = estate.bindings
  if (!binding) throw new Error('There is no binding')
  return binding
}
const get = () => registry.run(useCases['remediations.get'], { id })
const dueOf = async () =>
  (await registry.database.prisma.binding.findUniqueOrThrow({ where: { id: first().id } })).remediationDueAt
const overdueGaps = () =>
  registry.database.prisma.gap.count({
    where: { rule: 'remediation-overdue', subjectId: first().id, state: { not: 'resolved' } },
  })
const handIn = () =>
  registry.run(useCases['remediations.evidence'], {
    id,
    text: 'The role is gone',
    link: 'https://tickets.example.org/1',
    aboutAt: registry.now().toISOString().slice(0, 10),
  })
const importing = (bindings: object[]) =>
  registry.run(useCases['imports.apply'], {
    kind: 'estate',
    files: [
      {
        name: 'estate.json',
        contentBase64: Buffer.from(
          JSON.stringify({
            apiVersion: 'pentarch/v1',
            kind: 'Estate',
            tools: [{ slug: estate.tool.slug, name: estate.tool.name }],
            bindings,
          }),
        ).toString('base64'),
      },
    ],
  })
const named = (index: number, state: string) => ({
  agent: estate.bindings[index]?.agent.slug,
  tool: estate.tool.slug,
  environment: 'production',
  state,
})

describe('what people do', () => {
  it('takes evidence with both of its dates, and is a gap when nothing came in time', async () => {
    registry.wait(16 * 86_400)
    await evaluateNow(registry.database, registry.now())
    expect(await overdueGaps()).toBe(1)
    expect(await get()).toMatchObject({ state: 'open', overdue: true })
    registry.become(asPerson(estate.people.ben))
    expect(await handIn()).toMatchObject({ state: 'evidenced', overdue: false })
    const [event] = (await get()).events
    expect(event).toMatchObject({ source: 'person', link: 'https://tickets.example.org/1', from: 'open' })
    expect(event?.receivedAt).toBe(registry.now().toISOString())
    expect(event?.aboutAt.slice(11)).toBe('00:00:00.000Z')
    expect([await dueOf(), await overdueGaps()]).toEqual([null, 0])
    expect(await gapsAreRight(registry.database, registry.now())).toBe(true)
  })

  it('refuses evidence about tomorrow, and from people who have nothing to do with it', async () => {
    const evidence = { id, text: 'It will be gone', aboutAt: '2030-01-01' }
    expect(await refusalOf(registry.run(useCases['remediations.evidence'], evidence))).toMatchObject({
      code: 'invalid_input',
      fields: ['aboutAt'],
    })
    registry.become(asPerson(estate.people.eve))
    expect((await refusalOf(handIn())).code).toBe('forbidden')
  })

  it('moves its day and gives it up with a reason, and says who was quicker', async () => {
    await registry.run(useCases['remediations.setDue'], { id, version: 1, dueOn: '2031-01-31', reason: 'Frozen' })
    expect(await dueOf()).toEqual(new Date('2031-02-01T00:00:00Z'))
    const cancel = { id, version: 1, reason: 'The tool is gone' }
    expect((await refusalOf(registry.run(useCases['remediations.cancel'], cancel))).code).toBe('stale')
    const person = estate.people.ana.externalId
    await registry.run(useCases['remediations.assign'], { id, assignee: person })
    expect((await registry.run(useCases['remediations.list'], { assignee: person })).rows).toHaveLength(1)
    await registry.run(useCases['remediations.cancel'], { id, reason: 'The tool is gone' })
    expect(await dueOf()).toBeNull()
    expect((await refusalOf(handIn())).code).toBe('wrong_state')
  })
})

describe('what sources show', () => {
  it('is verified by an import that names it as revoked, and reopened by one that names it as active', async () => {
    await importing([named(0, 'revoked')])
    expect(await get()).toMatchObject({ state: 'verified', verifiedAt: registry.now().toISOString() })
    registry.wait(86_400)
    await importing([named(0, 'active')])
    expect(await get()).toMatchObject({ state: 'reopened', verifiedAt: null })
    expect(await dueOf()).not.toBeNull()
    expect((await get()).events[0]).toMatchObject({ source: 'import', from: 'verified', to: 'reopened' })
  })

  it('notes once that it is still there', async () => {
    await importing([named(0, 'active')])
    registry.wait(60)
    await importing([named(0, 'active')])
    const { state, events } = await get()
    expect([state, events.length]).toEqual(['open', 2])
  })

  it('is verified by the silence of the source that used to name it', async () => {
    await registry.database.prisma.binding.update({ where: { id: first().id }, data: { source: 'estate' } })
    await importing([named(1, 'active')])
    expect((await get()).state).toBe('verified')
  })

  it('is not verified by the silence of another source', async () => {
    await importing([named(1, 'active')])
    expect((await get()).state).toBe('open')
  })

  it.each([
    [false, 'verified'],
    [true, 'reopened'],
  ])('a decision log with the decision %s makes it %s', async (decision, state) => {
    if (decision) await importing([named(0, 'revoked')])
    registry.wait(7200)
    const point = await registry.run(useCases['points.create'], { name: `Edge ${id}`, kind: 'gateway' })
    await registry.run(useCases['decisionLogs.record'], {
      point: point.slug,
      tool: estate.tool.slug,
      decisions: [
        {
          agent: first().agent.slug,
          time: registry.now().toISOString(),
          subject: { type: 'agent', id: first().agent.slug },
          action: { name: 'read' },
          resource: { type: 'claim', id: '1' },
          decision,
        },
      ],
    })
    expect((await get()).state).toBe(state)
  })
})
