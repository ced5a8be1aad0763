import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { definitionSchema } from './model'

/** What the database itself refuses or keeps, whatever code comes to it. */
let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

const person = v7()
const definition = (more: object = {}) =>
  definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'sponsor' }, duration: 'P14D' }],
    ...more,
  })

async function campaign(state: 'running' | 'closed' = 'running', more: object = {}) {
  const id = v7()
  const now = registry.now()
  await registry.database.prisma.campaign.create({
    data: {
      ...{
        id,
        slug: id,
        name: id,
        kind: 'access',
        state,
        definition: definition(more),
        stage: 1,
        ownerName: 'The test',
      },
      ...{ createdAt: now, createdBy: 'The test', updatedAt: now, endedAt: state === 'closed' ? now : null },
    },
  })
  return id
}

async function item(campaignId: string, more: object = {}) {
  const id = v7()
  await registry.database.prisma.reviewItem.create({
    data: {
      ...{ id, campaignId, bindingId: v7(), subjectSlug: 'a/t@production', risk: 'high', stage: 1, state: 'open' },
      ...{ standing: 'new', picture: {}, ...more },
    },
  })
  return id
}

const decide = (campaignId: string, itemId: string, more: object = {}) =>
  registry.database.prisma.reviewDecision.create({
    data: {
      ...{ id: v7(), campaignId, itemId, stage: 1, personId: person, personName: 'Ana', verdict: 'certify' },
      ...{ at: registry.now(), batchId: v7(), batchSize: 1, seen: {}, ...more },
    },
  })

describe('a decision', () => {
  it('is the only standing one of its item and stage', async () => {
    const id = await campaign()
    const asked = await item(id)
    const first = await decide(id, asked)
    await expect(decide(id, asked, { verdict: 'revoke' })).rejects.toThrow(/unique/i)
    await registry.database.prisma.reviewDecision.update({
      where: { id: first.id },
      data: { undoneAt: registry.now(), undoneBy: 'Ana', undoneReason: 'undo' },
    })
    await decide(id, asked, { verdict: 'revoke' })
  })

  it('is refused once the campaign is over, and in a stage that is over', async () => {
    const over = await campaign('closed')
    await expect(decide(over, await item(over))).rejects.toThrow('review_decision_too_late')
    const running = await campaign()
    await expect(decide(running, await item(running, { stage: 2 }))).rejects.toThrow('review_decision_too_late')
    const applied = await item(running, { state: 'applied', outcome: 'certify', appliedAt: registry.now() })
    await expect(decide(running, applied)).rejects.toThrow('review_decision_too_late')
  })

  it('is refused to whoever answers for the thing, unless the campaign lets them', async () => {
    const strict = await campaign()
    await expect(decide(strict, await item(strict, { accountableId: person }))).rejects.toThrow(
      'review_decision_of_oneself',
    )
    const lenient = await campaign('running', { selfReview: true })
    await decide(lenient, await item(lenient, { accountableId: person }))
  })

  it('is kept as it was made', async () => {
    const id = await campaign()
    const made = await decide(id, await item(id))
    const change = { where: { id: made.id }, data: { comment: 'Later' } }
    await expect(registry.database.prisma.reviewDecision.update(change)).rejects.toThrow('kept as it was made')
  })
})

describe('an item', () => {
  it('is asked about once in a campaign', async () => {
    const id = await campaign()
    const bindingId = v7()
    await item(id, { bindingId })
    await expect(item(id, { bindingId })).rejects.toThrow(/unique/i)
  })
})

describe('the counters', () => {
  it('are what counting says, after every kind of move', async () => {
    const { database } = registry
    const id = await campaign()
    const items = await Promise.all(Array.from({ length: 12 }, () => item(id, { layer: null })))
    await database.prisma.itemReviewer.createMany({
      data: items.map((itemId) => ({
        ...{ itemId, stage: 1, personId: person, campaignId: id, because: 'sponsor' as const },
        ...{ dueAt: registry.now(), addedAt: registry.now() },
      })),
    })
    for (const itemId of items.slice(0, 5)) await decide(id, itemId)
    const some = { itemId: { in: items.slice(0, 5) } }
    await database.prisma.reviewItem.updateMany({
      where: { id: some.itemId },
      data: { state: 'answered', outcome: 'certify' },
    })
    await database.prisma.itemReviewer.updateMany({ where: some, data: { state: 'answered' } })
    const undone = { undoneAt: registry.now(), undoneBy: 'Ana', undoneReason: 'undo' }
    await database.prisma.reviewDecision.updateMany({ where: { itemId: { in: items.slice(0, 2) } }, data: undone })

    const counted = await database.query(sql`
      SELECT state::text, outcome, items FROM campaign_count WHERE campaign_id = ${id}::uuid AND items <> 0 ORDER BY items DESC`)
    expect(counted).toEqual([
      { state: 'open', outcome: '', items: 7 },
      { state: 'answered', outcome: 'certify', items: 5 },
    ])
    const ofPerson = await database.query(sql`
      SELECT state::text, items FROM reviewer_count WHERE campaign_id = ${id}::uuid AND items <> 0 ORDER BY items DESC`)
    expect(ofPerson).toEqual([
      { state: 'open', items: 7 },
      { state: 'answered', items: 5 },
    ])
    const made = await database.query(
      sql`SELECT verdict::text, decisions FROM decision_count WHERE campaign_id = ${id}::uuid`,
    )
    expect(made).toEqual([{ verdict: 'certify', decisions: 3 }])
  })
})

describe('what takes a certification away', () => {
  const noted = () =>
    registry.database.query<{ kind: string; before: string | null; after: string | null }>(sql`
    DELETE FROM certification_event RETURNING kind::text, before, after`)

  it('is noted when an owner leaves, and nothing else about people is', async () => {
    const { externalId, id } = await registry.run(useCases['people.create'], { name: 'Ben' })
    await registry.database.prisma.person.update({ where: { id }, data: { name: 'Benjamin' } })
    expect(await noted()).toEqual([])
    await registry.run(useCases['people.update'], { person: externalId, version: 1, status: 'left' })
    expect(await noted()).toEqual([{ kind: 'owner_left', before: 'active', after: 'left' }])
  })
})
