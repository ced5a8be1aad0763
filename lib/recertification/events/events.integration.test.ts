import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { runLaunchJob } from '../launch/testing'
import { certificationEventKinds, type Schedule } from '../model'
import { runScheduleJob, scheduledTemplate } from '../schedules/testing'
import { type SmallEstate, smallEstate } from '../testing'

const onEvents = (events: readonly (typeof certificationEventKinds)[number][] = certificationEventKinds): Schedule => ({
  launch: 'event',
  events: [...events],
})

describe('what takes certifications away', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeEach(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry)
    // All but the last were certified an hour after they became active.
    registry.wait(3600)
    await registry.database.prisma.binding.updateMany({
      where: { id: { in: estate.bindings.slice(0, -1).map(({ id }) => id) } },
      data: { certifiedAt: registry.now(), certifiedBy: 'Ana' },
    })
    await registry.run(useCases['gaps.evaluate'], {})
    registry.wait(3600)
  })
  afterEach(() => registry.drop())

  const binding = (index: number) => {
    const found = estate.bindings[index]
    if (!found) throw new Error('No such binding')
    return found
  }
  const leave = async (person: { externalId: string; version: number }) =>
    await registry.run(useCases['people.update'], {
      person: person.externalId,
      version: person.version,
      status: 'left',
    })
  const edit = async (index: number, change: object) => {
    const { version } = await registry.database.prisma.binding.findUniqueOrThrow({ where: { id: binding(index).id } })
    await registry.run(useCases['bindings.update'], { binding: binding(index).slug, version, ...change })
  }
  const turn = async () => {
    registry.wait(60)
    await runScheduleJob(registry)
    await runLaunchJob(registry)
  }
  const campaigns = () => registry.database.prisma.campaign.findMany({ orderBy: { id: 'asc' } })
  const askedAbout = async (campaignId: string) => {
    const items = await registry.database.prisma.reviewItem.findMany({ where: { campaignId } })
    return items.map(({ subjectSlug }) => subjectSlug).sort()
  }
  const lost = async () => {
    const rows = await registry.database.prisma.binding.findMany({ where: { certificationLostAt: { not: null } } })
    return rows.map(({ slug }) => slug).sort()
  }
  const losses = () => registry.database.prisma.auditEvent.findMany({ where: { action: 'certifications.lose' } })
  const waiting = () => registry.database.prisma.certificationEvent.count({ where: { handledAt: null } })
  const slugs = (...indexes: number[]) => indexes.map((index) => binding(index).slug).sort()

  /** An owner leaves, and just what they answered for is asked about, of just its reviewers. */
  it('opens one micro-campaign of just what the leaver answered for', async () => {
    await scheduledTemplate(registry, onEvents(), { name: 'After a change' })
    await leave(estate.people.ben)
    await turn()
    const [campaign, ...others] = await campaigns()
    expect(others).toEqual([])
    expect(campaign).toMatchObject({ trigger: 'event', because: 'ben left', state: 'running', kind: 'access' })
    expect(campaign?.name).toMatch(/^After a change, 2026-/)
    // The one that was never certified is left to the campaigns by cadence.
    expect(await askedAbout(campaign?.id ?? '')).toEqual(slugs(0, 1, 2))
    const reviewers = await registry.database.prisma.itemReviewer.findMany({ distinct: ['personId'] })
    expect(reviewers.map(({ personId }) => personId)).toEqual([estate.people.ana.id])
    expect(await lost()).toEqual(slugs(0, 1, 2))
    expect(await waiting()).toBe(0)
    expect(await registry.database.prisma.certificationEvent.findMany()).toMatchObject([{ campaignId: campaign?.id }])
    await turn()
    expect(await campaigns()).toHaveLength(1)
  })

  it('asks about assignments where the template is about ownership', async () => {
    await scheduledTemplate(registry, onEvents(['owner_left']), {
      definition: { kind: 'ownership', stages: [{ name: 'Leads', reviewers: { by: 'layer_lead' }, duration: 'P7D' }] },
    })
    await leave(estate.people.ben)
    await turn()
    const [campaign] = await campaigns()
    expect(await askedAbout(campaign?.id ?? '')).toHaveLength(estate.bindings.length * 5)
    expect(await lost()).toEqual(slugs(0, 1, 2))
  })

  it('puts everything since the last time into one campaign, and says it in words', async () => {
    await scheduledTemplate(registry, onEvents())
    await edit(0, { risk: 'high' })
    await edit(1, { actions: ['read', 'write'] })
    await turn()
    const [campaign] = await campaigns()
    expect(campaign?.because).toBe(
      `The risk of ${binding(0).slug} was raised from medium to high; ` +
        `the privileges of ${binding(1).slug} were widened from read, long_lived to read, write, long_lived`,
    )
    expect(await askedAbout(campaign?.id ?? '')).toEqual(slugs(0, 1))
  })

  it('takes the certification away all the same when no template asks, and that is a gap', async () => {
    await scheduledTemplate(registry, onEvents(), { enabled: false })
    const overdue = () =>
      registry.database.prisma.gap.count({
        where: { rule: 'recertification-overdue', subjectId: binding(0).id, state: { not: 'resolved' } },
      })
    expect(await overdue()).toBe(0)
    await edit(0, { risk: 'high' })
    await turn()
    expect(await campaigns()).toEqual([])
    expect(await lost()).toEqual(slugs(0))
    expect(await waiting()).toBe(0)
    expect(await overdue()).toBe(1)
    expect(await losses()).toMatchObject([
      { actorName: 'scheduler', after: { events: { risk_raised: 1 }, bindings: 1 } },
    ])
  })

  it('does not ask twice about what a running campaign asks about, and notes where it is asked', async () => {
    await scheduledTemplate(registry, onEvents())
    await edit(0, { risk: 'high' })
    await turn()
    await edit(0, { risk: 'critical' })
    await edit(1, { risk: 'high' })
    await turn()
    const [first, second, ...others] = await campaigns()
    expect(others).toEqual([])
    expect(await askedAbout(second?.id ?? '')).toEqual(slugs(1))
    const events = await registry.database.prisma.certificationEvent.findMany({ orderBy: { id: 'asc' } })
    expect(events.map(({ campaignId }) => campaignId)).toEqual([first?.id, first?.id, second?.id])
  })

  it('asks again when the answer was given before the change', async () => {
    await scheduledTemplate(registry, onEvents())
    await edit(0, { risk: 'high' })
    await turn()
    await registry.database.prisma.reviewItem.updateMany({ data: { state: 'answered', outcome: 'certify' } })
    await edit(0, { risk: 'critical' })
    await turn()
    expect(await campaigns()).toHaveLength(2)
  })

  it('follows a chain as deep as it is allowed to be, and loops harm nobody', async () => {
    await scheduledTemplate(registry, onEvents(['chain_extended']))
    const [from, to] = [binding(0).agent, binding(1).agent]
    await registry.database.prisma.delegation.createMany({
      data: [
        {
          id: binding(0).id,
          fromAgentId: to.id,
          toAgentId: binding(2).agent.id,
          source: 'x',
          createdAt: registry.now(),
        },
        {
          id: binding(1).id,
          fromAgentId: binding(2).agent.id,
          toAgentId: to.id,
          source: 'x',
          createdAt: registry.now(),
        },
      ],
    })
    await registry.database.execute(sql`DELETE FROM certification_event`)
    await registry.run(useCases['delegations.create'], { from: from.slug, to: to.slug })
    await turn()
    const [campaign] = await campaigns()
    expect(campaign?.because).toBe(`${from.name} may delegate to ${to.name} now`)
    expect(await askedAbout(campaign?.id ?? '')).toEqual(slugs(1, 2))
  })

  it('reaches every binding to a tool that gained privileges of its own', async () => {
    const { prisma } = registry.database
    await prisma.tool.update({ where: { id: estate.tool.id }, data: { independentPrivileges: 'no' } })
    await scheduledTemplate(registry, onEvents(['independent_privileges_gained']))
    const { version } = await prisma.tool.findUniqueOrThrow({ where: { id: estate.tool.id } })
    await registry.run(useCases['tools.update'], { slug: estate.tool.slug, version, independentPrivileges: 'yes' })
    await turn()
    const [campaign] = await campaigns()
    expect(campaign?.because).toBe(`${estate.tool.name} got privileges of its own`)
    expect(await askedAbout(campaign?.id ?? '')).toEqual(slugs(0, 1, 2))
  })

  it('keeps within the scope of its template and the events it names', async () => {
    await scheduledTemplate(registry, onEvents(['risk_raised']), {
      definition: { scope: { agent: binding(1).agent.slug } },
    })
    await edit(0, { risk: 'high' })
    await edit(1, { actions: ['read', 'write'] })
    await edit(1, { risk: 'high' })
    await turn()
    const [campaign] = await campaigns()
    expect(campaign?.because).toBe(`The risk of ${binding(1).slug} was raised from medium to high`)
    expect(await askedAbout(campaign?.id ?? '')).toEqual(slugs(1))
    expect(await lost()).toEqual(slugs(0, 1))
  })

  it('asks once when two instances look at the same moment', async () => {
    await scheduledTemplate(registry, onEvents())
    await leave(estate.people.ben)
    registry.wait(60)
    await Promise.all([runScheduleJob(registry), runScheduleJob(registry), runScheduleJob(registry)])
    expect(await campaigns()).toHaveLength(1)
    expect(await losses()).toHaveLength(1)
  })
})
