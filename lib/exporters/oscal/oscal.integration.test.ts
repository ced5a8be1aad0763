import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { importUseCases } from '@/lib/importers/service'
import { estate } from '@/lib/importers/testing/registry'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import { exportUseCases } from '../service'
import { type OscalModel, oscalDocument, oscalModels } from './document'
import { oscalSource, unresolvedGapIds } from './store'
import { joined, oscalFaults } from './testing'
import { uuidOf } from './uuids'

let registry: TestRegistry
beforeEach(async () => {
  registry = await testRegistry()
})
afterEach(async () => {
  await registry.drop()
})

const importEstate = () =>
  registry.run(importUseCases['imports.apply'], {
    kind: 'estate' as const,
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })

/** As the door of exports hands it out. */
async function written(model: OscalModel, rule?: string): Promise<string> {
  const view = {
    kind: model === 'assessment-results' ? ('coverage' as const) : ('gaps' as const),
    format: 'oscal' as const,
    ...(rule !== undefined && { filter: { rule } }),
  }
  const { body } = await runUseCase(exportUseCases['exports.file'], view, {
    database: registry.database,
    actor: actorWith('auditor'),
    now: registry.now(),
    newId: () => v7(),
    requestId: 'test',
  })
  return await new Response(body).text()
}

const riskOf = (text: string, gapId: string) =>
  JSON.parse(text)['plan-of-action-and-milestones'].risks.find(
    (risk: { uuid: string }) => risk.uuid === uuidOf('risk', gapId),
  )

describe('a document of the register', () => {
  it.each(oscalModels)('is valid %s, of an empty register and of one with gaps', async (model) => {
    expect(await oscalFaults(model, await written(model))).toEqual([])
    await importEstate()
    const text = await written(model)
    expect(await oscalFaults(model, text)).toEqual([])
    expect((await written(model)) === text, 'the same for the same').toBe(true)
  })

  it('has every gap once, however many there are, and what a filter leaves of them', async () => {
    const { prisma } = registry.database
    await prisma.gap.createMany({
      data: Array.from({ length: 1_203 }, (_, index) => ({
        id: v7(),
        rule: index < 3 ? 'sponsor-left' : 'intent-missing',
        subjectType: 'agent' as const,
        subjectId: v7(),
        subjectSlug: `agent-${index}`,
        severity: 'high' as const,
        state: 'open' as const,
        affected: 1,
        affectedHash: '',
        explanation: `Gap ${index}`,
        openedAt: registry.now(),
      })),
    })
    const plan = JSON.parse(await written('plan-of-action-and-milestones'))['plan-of-action-and-milestones']
    for (const items of [plan['poam-items'], plan.risks, plan.observations])
      expect(new Set(items.map(({ uuid }: { uuid: string }) => uuid)).size).toBe(1_203)
    const narrowed = await written('plan-of-action-and-milestones', 'sponsor-left')
    expect(await oscalFaults('plan-of-action-and-milestones', narrowed)).toEqual([])
    const { 'poam-items': items, metadata } = JSON.parse(narrowed)['plan-of-action-and-milestones']
    expect([items.length, metadata.remarks]).toEqual([3, 'Only gaps by this filter: rule: sponsor-left'])
  })

  it('tells how risks are answered, by whom and by when', async () => {
    await importEstate()
    const { prisma } = registry.database
    const gap = await prisma.gap.findFirstOrThrow({ where: { state: 'open', layer: { not: null } } })
    const person = await prisma.person.findFirstOrThrow()
    const dueAt = new Date('2026-12-24T00:00:00.000Z')
    await prisma.gap.update({ where: { id: gap.id }, data: { dueAt, assigneeId: person.id } })
    registry.become(actorWith('engineer'))
    const asked = await registry.run(useCases['exceptions.ask'], {
      gaps: [gap.id],
      reason: 'The move <takes> until *spring*',
      expires: '2026-12-31T00:00:00.000Z',
    })
    const waiting = await written('plan-of-action-and-milestones')
    const asking = riskOf(waiting, gap.id)
    expect(asking).toMatchObject({
      status: 'deviation-requested',
      deadline: dueAt.toISOString(),
      remediations: [{ tasks: [{ timing: { 'on-date': { date: dueAt.toISOString() } } }] }, { lifecycle: 'planned' }],
    })
    const parties = JSON.parse(waiting)['plan-of-action-and-milestones'].metadata.parties
    const [assignee] = asking.remediations[0].tasks[0]['responsible-roles']
    expect(parties).toContainEqual(expect.objectContaining({ uuid: assignee['party-uuids'][0], name: person.name }))

    registry.become(actorWith('governance_lead'))
    await registry.run(useCases['exceptions.approve'], { id: asked.ids[0] ?? '', note: 'Until then' })
    const text = await written('plan-of-action-and-milestones')
    expect(await oscalFaults('plan-of-action-and-milestones', text)).toEqual([])
    const risk = riskOf(text, gap.id)
    expect(risk).toMatchObject({
      status: 'deviation-approved',
      remediations: [
        { title: 'Mend it' },
        { lifecycle: 'completed', description: 'The move \\<takes\\> until \\*spring\\*' },
      ],
    })
    expect(risk['risk-log'].entries.at(-1)['status-change']).toBe('deviation-approved')
  })

  it('logs campaigns with what they did', async () => {
    const lead = await registry.run(useCases['people.create'], { name: 'Lead' })
    const account = await registry.database.prisma.account.create({
      data: { id: v7(), email: 'lead@example.org', name: 'Lead', passwordHash: '', role: 'admin', personId: lead.id },
    })
    const at = registry.now()
    const campaign = {
      kind: 'access' as const,
      definition: {},
      ownerId: account.id,
      ownerName: 'Lead',
      createdBy: 'Lead',
    }
    const stamps = { createdAt: at, updatedAt: at }
    await registry.database.prisma.campaign.createMany({
      data: [
        { id: v7(), slug: 'q4', name: 'Q4', state: 'closed', launchedAt: at, endedAt: at, ...campaign, ...stamps },
        { id: v7(), slug: 'draft', name: 'Not yet', ...campaign, ...stamps },
      ],
    })
    const text = await written('assessment-results')
    expect(await oscalFaults('assessment-results', text)).toEqual([])
    const [result] = JSON.parse(text)['assessment-results'].results
    const entry = result['assessment-log'].entries[1]
    expect(entry).toMatchObject({ title: 'Q4', start: at.toISOString(), end: at.toISOString() })
    expect(result['assessment-log'].entries).toHaveLength(2)
    expect(result['local-definitions'].tasks.map(({ uuid }: { uuid: string }) => uuid)).toEqual([
      entry['related-tasks'][0]['task-uuid'],
    ])
  })

  it('shows one state, whatever is written while it is', async () => {
    await importEstate()
    const before = await written('plan-of-action-and-milestones')
    const during = await registry.database.snapshot(async (db) => {
      const parts = oscalDocument(
        'plan-of-action-and-milestones',
        oscalSource(db, () => unresolvedGapIds(db), registry.now()),
        {
          at: registry.now(),
          narrowedTo: null,
        },
      )
      let text = ''
      // Up to the first of the register: reading it is what fixes the state.
      while (!text.includes('organization')) text += (await parts.next()).value ?? ''
      await registry.database.execute(sql`UPDATE gap SET state = 'resolved'`)
      return text + (await joined(parts))
    })
    expect(during === before).toBe(true)
  })
})
