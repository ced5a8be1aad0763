import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { settle } from '@/lib/estate/settle'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { ReviewerStrategy } from '../model'
import { runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '../testing'
import { type Asking, askReviewers } from './reviewers-store'

let registry: TestRegistry
let estate: SmallEstate
let campaign: TestCampaign

beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(async () => {
  await registry.drop()
})
beforeEach(async () => {
  await registry.database.execute(sql`UPDATE account SET status = 'disabled'`)
  estate = await smallEstate(registry, 2)
  campaign = await runningCampaign(registry, estate, { item: () => ({ reviewers: [] }) })
})

const ask = async (strategies: ReviewerStrategy[], more: Partial<Asking> = {}) =>
  await registry.database.transaction((db) =>
    askReviewers(db, {
      campaignId: campaign.id,
      stage: 1,
      items: 'open',
      strategies,
      fallbacksFrom: 1,
      dueOn: campaign.dueOn,
      now: registry.now(),
      timeZone: 'UTC',
      selfReview: false,
      ownerPersonId: null,
      ...more,
    }),
  )
const idOfItem = (index: number) => campaign.items[index]?.id ?? ''
/** Who is asked about an item, by the name they have in the small estate. */
const askedAbout = async (item = 0) => {
  const rows = await registry.database.prisma.itemReviewer.findMany({ where: { itemId: idOfItem(item) } })
  const names = new Map(Object.entries(estate.people).map(([name, { id }]) => [id, name]))
  return rows
    .map(({ personId, because, isFallback, state }) => ({
      who: names.get(personId) ?? personId,
      because,
      isFallback,
      state,
    }))
    .sort((one, other) => one.who.localeCompare(other.who))
}
const leaves = async (person: { id: string }) =>
  await registry.database.execute(sql`UPDATE person SET status = 'left' WHERE id = ${person.id}::uuid`)
const asked = (who: string, because: string, isFallback = false) => ({ who, because, isFallback, state: 'open' })

describe('reviewers of a binding', () => {
  it('layer_lead: the leads of the team that owns the layer', async () => {
    expect(await ask([{ by: 'layer_lead' }])).toEqual({ asked: 2, without: 0 })
    expect(await askedAbout()).toEqual([asked('ana', 'layer_lead')])
  })

  it('layer_lead: of the layer named, where another team owns it', async () => {
    const [first] = estate.bindings
    await registry.database.execute(sql`
      UPDATE assignment SET team_id = ${estate.teams.risk.id}::uuid WHERE layer = 'privilege' AND agent_id = ${first?.agent.id}::uuid`)
    await registry.database.transaction((db) =>
      settle(
        { db, actor: actorWith('admin'), now: registry.now(), newId: v7, requestId: 'test' },
        { bindings: first ? [first.id] : [] },
      ),
    )
    await ask([{ by: 'layer_lead', layer: 'privilege' }])
    expect(await askedAbout(0)).toEqual([asked('cara', 'layer_lead')])
    expect(await askedAbout(1)).toEqual([asked('ana', 'layer_lead')])
  })

  it('layer_lead: all leads, but none of a dissolved team', async () => {
    await registry.database.prisma.membership.create({
      data: { teamId: estate.teams.cloud.id, personId: estate.people.eve.id, role: 'lead' },
    })
    await ask([{ by: 'layer_lead' }])
    expect((await askedAbout()).map(({ who }) => who)).toEqual(['ana', 'eve'])
    await registry.database.execute(sql`DELETE FROM item_reviewer`)
    await registry.database.execute(sql`UPDATE team SET status = 'dissolved' WHERE id = ${estate.teams.cloud.id}::uuid`)
    expect(await ask([{ by: 'layer_lead' }])).toEqual({ asked: 0, without: 2 })
  })

  it('accountable: the person behind the assignment that owns the layer', async () => {
    await registry.database.execute(sql`UPDATE assignment SET person_id = ${estate.people.eve.id}::uuid
      WHERE layer = 'monitoring' AND team_id = ${estate.teams.cloud.id}::uuid`)
    await ask([{ by: 'accountable', layer: 'monitoring' }])
    expect(await askedAbout()).toEqual([asked('eve', 'accountable')])
  })

  it('sponsor: who sponsors the agent, though only where people may review what is theirs', async () => {
    expect(await ask([{ by: 'sponsor' }])).toEqual({ asked: 0, without: 2 })
    expect(await ask([{ by: 'sponsor' }], { selfReview: true })).toEqual({ asked: 2, without: 0 })
    expect(await askedAbout()).toEqual([asked('ben', 'sponsor')])
  })

  it('manager: of the accountable person, else of the sponsor', async () => {
    await registry.database.execute(sql`UPDATE assignment SET person_id = ${estate.people.ana.id}::uuid
      WHERE agent_id = ${estate.bindings[0]?.agent.id}::uuid`)
    await registry.database.execute(
      sql`UPDATE assignment SET person_id = NULL WHERE agent_id = ${estate.bindings[1]?.agent.id}::uuid`,
    )
    await ask([{ by: 'manager' }])
    expect(await askedAbout(0)).toEqual([asked('cara', 'manager')])
    expect(await askedAbout(1)).toEqual([asked('ana', 'manager')])
  })

  it('manager: of the sponsor, when the manager of the accountable person has left', async () => {
    await registry.database.execute(sql`UPDATE assignment SET person_id = ${estate.people.ana.id}::uuid
      WHERE agent_id = ${estate.bindings[0]?.agent.id}::uuid`)
    await leaves(estate.people.cara)
    await ask([{ by: 'manager' }])
    expect(await askedAbout(0)).toEqual([asked('ana', 'manager')])
  })

  it('team and person: those named', async () => {
    await ask([{ by: 'team', team: estate.teams.risk.slug }], { items: [idOfItem(0)] })
    await ask([{ by: 'person', person: estate.people.eve.externalId }], { items: [idOfItem(1)] })
    expect(await askedAbout(0)).toEqual([asked('cara', 'team')])
    expect(await askedAbout(1)).toEqual([asked('eve', 'person')])
  })

  it('governance_lead: everybody whose active account has the role', async () => {
    await registry.database.execute(sql`
      UPDATE account SET status = 'active' WHERE person_id = ${estate.people.dan.id}::uuid`)
    await ask([{ by: 'governance_lead' }])
    expect(await askedAbout()).toEqual([asked('dan', 'governance_lead')])
  })

  it('goes on to the fallbacks in order, and to the owner of the campaign last', async () => {
    const fallbacks: ReviewerStrategy[] = [
      { by: 'accountable' },
      { by: 'team', team: 'nowhere' },
      { by: 'team', team: estate.teams.risk.slug },
      { by: 'person', person: estate.people.eve.externalId },
    ]
    const owner = { ownerPersonId: estate.people.dan.id }
    expect(await ask(fallbacks, { ...owner, items: [idOfItem(0)] })).toEqual({ asked: 1, without: 0 })
    expect(await askedAbout(0)).toEqual([asked('cara', 'team', true)])
    await leaves(estate.people.cara)
    await leaves(estate.people.eve)
    expect(await ask(fallbacks, owner)).toEqual({ asked: 1, without: 0 })
    expect(await askedAbout(1)).toEqual([asked('dan', 'campaign_owner', true)])
  })

  it('leaves an item without reviewer when nobody is there, and says so', async () => {
    await leaves(estate.people.dan)
    expect(await ask([{ by: 'accountable' }], { ownerPersonId: estate.people.dan.id })).toEqual({
      asked: 0,
      without: 2,
    })
    expect(await askedAbout()).toEqual([])
  })

  it('asks nobody who has left', async () => {
    await leaves(estate.people.ana)
    expect(await ask([{ by: 'layer_lead' }])).toEqual({ asked: 0, without: 2 })
  })

  /** The accountable person of an item is passed over even where a strategy, a fallback or the ownership names them. */
  it('asks nobody about what they answer for themselves', async () => {
    const { ben } = estate.people
    const named: ReviewerStrategy = { by: 'person', person: ben.externalId }
    expect(await ask([{ by: 'accountable' }, named], { ownerPersonId: ben.id })).toEqual({ asked: 0, without: 2 })
    expect(await ask([named], { selfReview: true })).toEqual({ asked: 2, without: 0 })
  })

  it('asks nobody twice, and nobody else while those it finds are being asked', async () => {
    await ask([{ by: 'layer_lead' }])
    const again = { items: campaign.items.map(({ id }) => id), ownerPersonId: estate.people.dan.id }
    expect(await ask([{ by: 'layer_lead' }], again)).toEqual({ asked: 2, without: 0 })
    expect(await askedAbout()).toEqual([asked('ana', 'layer_lead')])
    await registry.database.execute(
      sql`UPDATE item_reviewer SET state = 'passed_on' WHERE item_id = ${idOfItem(0)}::uuid`,
    )
    expect(await ask([{ by: 'layer_lead' }], { ownerPersonId: estate.people.dan.id })).toEqual({ asked: 1, without: 0 })
    expect(await askedAbout()).toEqual([
      { ...asked('ana', 'layer_lead'), state: 'passed_on' },
      asked('dan', 'campaign_owner', true),
    ])
  })

  it('gives an escalation its own reason and note', async () => {
    await ask([{ by: 'manager' }], { because: 'escalation', note: 'No answer for five days' })
    const [row] = await registry.database.prisma.itemReviewer.findMany({ where: { itemId: idOfItem(0) } })
    expect(row).toMatchObject({ because: 'escalation', note: 'No answer for five days' })
  })

  /** The last day ends at midnight where each reviewer is, on the night on which clocks change as well. */
  it('is due when the day ends for each reviewer', async () => {
    const { ana, cara, eve } = estate.people
    await registry.database.prisma.membership.createMany({
      data: [cara, eve].map(({ id }) => ({ teamId: estate.teams.cloud.id, personId: id, role: 'lead' as const })),
    })
    const zones: [string, string][] = [
      [ana.id, 'America/New_York'],
      [cara.id, 'Asia/Kolkata'],
    ]
    for (const [id, timeZone] of zones)
      await registry.database.prisma.person.update({ where: { id }, data: { timeZone } })
    const dueOf = async (personId: string, item: number) =>
      (await registry.database.prisma.itemReviewer.findFirst({ where: { personId, itemId: idOfItem(item) } }))?.dueAt
    await ask([{ by: 'layer_lead' }], { dueOn: '2027-03-14', timeZone: 'Europe/Berlin', items: [idOfItem(0)] })
    expect(await dueOf(ana.id, 0)).toEqual(new Date('2027-03-15T04:00:00Z'))
    expect(await dueOf(cara.id, 0)).toEqual(new Date('2027-03-14T18:30:00Z'))
    expect(await dueOf(eve.id, 0)).toEqual(new Date('2027-03-14T23:00:00Z'))
    await ask([{ by: 'layer_lead' }], { dueOn: '2027-03-13', timeZone: 'Europe/Berlin', items: [idOfItem(1)] })
    expect(await dueOf(ana.id, 1)).toEqual(new Date('2027-03-14T05:00:00Z'))
  })
})

describe('reviewers of an assignment', () => {
  /** A campaign of its own about these assignments, each item with what launching writes on it. */
  const askAbout = async (
    assignment: { id: string; agentId?: string; personId?: string | null },
    by: ReviewerStrategy,
  ) => {
    const { prisma } = registry.database
    const { id: itemId } = await prisma.reviewItem.create({
      data: {
        id: v7(),
        campaignId: campaign.id,
        assignmentId: assignment.id,
        subjectSlug: assignment.id,
        agentId: assignment.agentId ?? null,
        accountableId: assignment.personId ?? null,
        risk: 'low',
        state: 'open',
        standing: 'new',
        picture: {},
      },
    })
    await prisma.campaign.update({ where: { id: campaign.id }, data: { kind: 'ownership' } })
    await ask([by], { items: [itemId] })
    const rows = await prisma.itemReviewer.findMany({ where: { itemId } })
    const names = new Map(Object.entries(estate.people).map(([name, { id }]) => [id, name]))
    return rows.map(({ personId }) => names.get(personId) ?? personId).sort()
  }
  const assignmentOf = async (
    on: { toolId: string } | { pointId: string } | { bindingId: string } | { agentId: string },
    personId: string | null,
  ) => {
    const scope =
      'toolId' in on
        ? ('tool' as const)
        : 'pointId' in on
          ? ('enforcement_point' as const)
          : 'bindingId' in on
            ? ('binding' as const)
            : ('agent' as const)
    const id = v7()
    await registry.database.prisma.assignment.create({
      data: {
        id,
        layer: 'enforcement',
        scope,
        ...on,
        teamId: estate.teams.cloud.id,
        personId,
        state: 'accepted',
        validFrom: new Date('2026-01-01'),
        validTo: new Date('2026-06-01'),
        proposedAt: registry.now(),
        setBy: 'the test',
        reason: 'For the test',
        source: 'person',
      },
    })
    return { id, personId, ...('agentId' in on && on) }
  }

  it('layer_lead: the leads of the team that is named', async () => {
    const assignment = await assignmentOf({ toolId: estate.tool.id }, estate.people.ben.id)
    expect(await askAbout(assignment, { by: 'layer_lead' })).toEqual(['ana'])
  })

  it('accountable: nobody, for it is theirs; their manager instead', async () => {
    const first = await assignmentOf({ toolId: estate.tool.id }, estate.people.ben.id)
    expect(await askAbout(first, { by: 'accountable' })).toEqual([])
    const agentId = estate.bindings[0]?.agent.id ?? ''
    const second = await assignmentOf({ agentId }, estate.people.ana.id)
    expect(await askAbout(second, { by: 'manager' })).toEqual(['cara'])
  })

  it('manager: of the sponsor where nobody is named', async () => {
    const agentId = estate.bindings[0]?.agent.id ?? ''
    expect(await askAbout(await assignmentOf({ agentId }, null), { by: 'manager' })).toEqual(['ana'])
  })

  it('sponsor: of the agent, or who leads the team that runs the application', async () => {
    const { id: pointId } = await registry.run(useCases['points.create'], {
      name: `app ${v7()}`,
      kind: 'application',
      team: estate.teams.risk.slug,
    })
    await registry.database.prisma.tool.update({ where: { id: estate.tool.id }, data: { applicationId: pointId } })
    expect(await askAbout(await assignmentOf({ toolId: estate.tool.id }, null), { by: 'sponsor' })).toEqual(['cara'])
    expect(await askAbout(await assignmentOf({ pointId }, null), { by: 'sponsor' })).toEqual(['cara'])
    const [binding] = estate.bindings
    const onBinding = await assignmentOf({ bindingId: binding?.id ?? '' }, null)
    expect(await askAbout({ ...onBinding, ...(binding && { agentId: binding.agent.id }) }, { by: 'sponsor' })).toEqual([
      'ben',
    ])
  })
})
