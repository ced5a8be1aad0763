import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { asPerson, runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '../testing'
import { certificationUseCases } from './certifications'
import { reportUseCases } from './service'

let registry: TestRegistry
let estate: SmallEstate
let campaign: TestCampaign

beforeAll(async () => {
  registry = await testRegistry()
  estate = await smallEstate(registry, 5)
  campaign = await runningCampaign(registry, estate, { definition: { attestation: 'I looked at it.' } })
  await decide()
})
afterAll(() => registry.drop())

const owner = () => asPerson(estate.people.dan, 'governance_lead', { id: campaign.accountId, name: 'dan' })
const itemAt = (index: number) => {
  const item = campaign.items[index]
  if (!item) throw new Error('No such item')
  return item
}

/** Two certified together, one revoked by hand after a change of mind, two left alone. */
async function decide() {
  const { prisma } = registry.database
  const { ana } = estate.people
  const said = (index: number, verdict: 'certify' | 'revoke', more: object = {}) => ({
    id: v7(),
    campaignId: campaign.id,
    itemId: itemAt(index).id,
    stage: 1,
    personId: ana.id,
    personName: 'ana',
    verdict,
    at: registry.now(),
    batchId: v7(),
    batchSize: 1,
    seen: {},
    ...more,
  })
  const batch = { batchId: v7(), batchSize: 2, lookedMs: 2000 }
  await prisma.reviewDecision.createMany({
    data: [said(0, 'certify', batch), said(1, 'certify', batch), said(2, 'certify', { comment: 'Fine' })],
  })
  await prisma.reviewDecision.updateMany({
    where: { itemId: itemAt(2).id },
    data: { undoneAt: registry.now(), undoneBy: 'ana', undoneReason: 'Too quick' },
  })
  await prisma.reviewDecision.create({ data: said(2, 'revoke', { comment: 'Nobody uses it', lookedMs: 8000 }) })
  for (const [index, outcome] of [
    [0, 'certify'],
    [1, 'certify'],
    [2, 'revoke'],
  ] as const) {
    await prisma.reviewItem.update({ where: { id: itemAt(index).id }, data: { state: 'answered', outcome } })
    await prisma.itemReviewer.updateMany({ where: { itemId: itemAt(index).id }, data: { state: 'answered' } })
  }
}

const report = () => registry.run(reportUseCases['campaigns.report'], { slug: campaign.slug })
const records = (more: object = {}) =>
  registry.run(reportUseCases['campaigns.records'], { slug: campaign.slug, ...more })

describe('the report of a campaign', () => {
  it('says while it runs what there is so far', async () => {
    const { isFinal, totals, stages, reviewers, groups, byRisk, days, may } = await report()
    expect(isFinal).toBe(false)
    expect(totals).toMatchObject({
      items: 5,
      certify: 2,
      revoke: 1,
      reassign: 0,
      no_response: 0,
      pending: 2,
      reviewers: 1,
    })
    expect(stages).toMatchObject([{ number: 1, name: 'Owners', asked: 5, answered: 3, open: 2 }])
    expect(stages[0]?.verdicts).toMatchObject({ certify: 2, revoke: 1 })
    expect(reviewers.rows).toMatchObject([
      { asked: 5, decisions: 3, certified: 2, revoked: 1, inBulk: 2, timed: 3, medianMs: 2000 },
    ])
    expect(groups).toMatchObject({ revoked: 1, undone: 1, challenged: 0, of_own: 0 })
    expect(byRisk).toMatchObject([{ key: 'medium', items: 5, certify: 2 }])
    expect(days).toMatchObject([{ day: '2026-11-01', verdicts: { certify: 2, revoke: 1 } }])
    expect(may.sign).toBe('It can be signed once it is closed or stopped.')
  })

  it('gives every record with who was asked, what they said and what they took back, page by page', async () => {
    const first = await records({ limit: 3 })
    const second = await records({ limit: 3, cursor: first.next ?? '' })
    const all = [...first.rows, ...second.rows]
    expect(second.next).toBeNull()
    expect(all.map(({ subject }) => subject)).toEqual(campaign.items.map(({ binding }) => binding.slug).sort())
    const revoked = all.find(({ id }) => id === itemAt(2).id)
    expect(revoked?.reviewers).toMatchObject([{ because: 'layer_lead', state: 'answered', person: { name: 'ana' } }])
    expect(revoked?.decisions).toMatchObject([
      { verdict: 'certify', undone: { by: 'ana', reason: 'Too quick' } },
      { verdict: 'revoke', comment: 'Nobody uses it', lookedMs: 8000, undone: null, ofOwn: false },
    ])
    expect(revoked?.picture.facts).toMatchObject({ environment: 'production' })
    expect((await records({ among: 'undone' })).rows.map(({ id }) => id)).toEqual([itemAt(2).id])
    expect(await refusalOf(records({ among: 'undone', cursor: first.next ?? '' }))).toMatchObject({
      code: 'invalid_cursor',
    })
  })
})

describe('signing a report', () => {
  const sign = (given: object = {}) =>
    registry.run(reportUseCases['campaigns.sign'], {
      slug: campaign.slug,
      attestation: 'I looked at it.',
      ...given,
    })

  it('is refused while the campaign runs', async () => {
    registry.become(owner())
    expect(await refusalOf(sign())).toMatchObject({ code: 'wrong_state' })
  })

  it('is for its owner alone, at the screen, who has just shown that it is them', async () => {
    const { prisma } = registry.database
    await prisma.reviewItem.updateMany({
      where: { campaignId: campaign.id, state: 'open' },
      data: { state: 'settled', outcome: 'no_response' },
    })
    await prisma.reviewItem.updateMany({
      where: { campaignId: campaign.id },
      data: { state: 'applied', appliedAt: registry.now() },
    })
    await prisma.campaign.update({ where: { id: campaign.id }, data: { state: 'closed', endedAt: registry.now() } })

    registry.become(actorWith('governance_lead'))
    expect(await refusalOf(sign())).toMatchObject({ code: 'refused' })
    registry.become({ ...owner(), kind: 'token', scopes: new Set(['campaigns']) })
    expect(await refusalOf(sign())).toMatchObject({ code: 'forbidden' })
    registry.become(owner())
    registry.become({ ...owner(), session: { id: v7(), isFresh: false } })
    expect(await refusalOf(sign())).toMatchObject({ code: 'reauthenticate' })
    registry.become(owner())
    expect((await report()).signature).toBeNull()
  })

  it('keeps who signed what, and shows when the record was altered since', async () => {
    registry.become(owner())
    const signature = await sign()
    expect(signature).toMatchObject({ by: 'dan', digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await report()).signature).toEqual(signature)
    expect(await refusalOf(sign())).toMatchObject({ code: 'wrong_state' })
    const events = await registry.eventsOf(campaign.id)
    expect(events.at(-1)).toMatchObject({ action: 'campaigns.sign', after: { reportDigest: signature.digest } })

    const verify = () => registry.run(reportUseCases['campaigns.verify'], { slug: campaign.slug })
    expect(await verify()).toMatchObject({ matches: true, found: signature.digest })
    const { prisma } = registry.database
    await prisma.person.update({ where: { id: estate.people.ana.id }, data: { name: 'Ana Married' } })
    expect((await verify()).matches, 'a new name alters nothing').toBe(true)
    await prisma.reviewItem.update({ where: { id: itemAt(0).id }, data: { notApplied: 'Tampered with' } })
    expect((await verify()).matches).toBe(false)
  })
})

describe('certifications', () => {
  const list = (more: object = {}) => registry.run(certificationUseCases['certifications.list'], more)

  it('say of every binding and ownership when, by whom and until when', async () => {
    const { prisma } = registry.database
    const { id, binding } = itemAt(1)
    const certifiedAt = registry.now()
    await prisma.binding.update({
      where: { id: binding.id },
      data: { certifiedAt, certifiedBy: 'ana', certifiedItemId: id },
    })
    const { rows } = await list({ kind: 'access', standing: 'certified' })
    expect(rows).toMatchObject([
      {
        subject: binding.slug,
        standing: 'certified',
        certifiedBy: 'ana',
        campaign: campaign.slug,
        outcome: 'certify',
        certifiedUntil: '2027-04-30T09:00:00.000Z',
      },
    ])
    expect((await list({ kind: 'access', standing: 'never' })).rows).toHaveLength(4)
    const seen = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 7, ...(cursor && { cursor }) })
      seen.push(...page.rows.map(({ subject }) => subject))
      cursor = page.next
    } while (cursor)
    expect(seen).toHaveLength(5 + 25)
    expect(new Set(seen).size).toBe(30)
  })
})
