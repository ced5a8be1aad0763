import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

const reason = 'Named in the quarterly review'

describe('setting owners', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await testRegistry()
    for (const id of ['ana', 'ben'])
      await registry.run(useCases['people.create'], { externalId: id, name: `Person ${id}` })
    const teams = [
      ['iam', 'ana'],
      ['crm-team', 'ben'],
    ] as const
    for (const [slug, person] of teams) {
      await registry.run(useCases['teams.create'], {
        slug,
        name: slug,
        function: 'iam',
        members: [{ person, role: 'lead' }],
      })
    }
    await registry.run(useCases['agents.create'], { slug: 'bot', name: 'Bot' })
    await registry.run(useCases['tools.create'], { slug: 'crm', name: 'CRM' })
    await registry.run(useCases['bindings.create'], { agent: 'bot', tool: 'crm' })
  })
  afterEach(() => registry.drop())

  const assign = (
    team: string,
    target: {
      scope: 'agent' | 'tool' | 'organisation'
      subject?: string
      layer?: 'identity' | 'enforcement'
      expected?: string | null
    },
  ) => registry.run(useCases['assignments.create'], { targets: [{ layer: 'identity', ...target }], team, reason })
  const identity = async () =>
    (await registry.run(useCases['owners.get'], { agent: 'bot', tool: 'crm' })).layers.identity
  const leadOf = async (slug: string) => {
    const team = await registry.run(useCases['teams.get'], { slug })
    return actorWith('member', { name: `Lead of ${slug}`, leadOf: new Set([team.id]) })
  }

  it('names a team, which counts at once and shows as unconfirmed until its lead accepts', async () => {
    const { assignments } = await assign('iam', { scope: 'agent', subject: 'bot' })
    expect(await identity()).toMatchObject({
      team: 'iam',
      source: 'agent',
      assignment: 'identity:agent:bot',
      credible: true,
      confirmed: false,
    })
    registry.become(await leadOf('iam'))
    const accepted = await registry.run(useCases['assignments.accept'], { id: String(assignments[0]?.id) })
    expect(accepted.state).toBe('accepted')
    expect(await identity()).toMatchObject({ team: 'iam', confirmed: true })
    expect(await registry.eventsOf(accepted.id)).toHaveLength(2)
  })

  it('falls back to the wider owner when the narrower declines', async () => {
    await assign('crm-team', { scope: 'organisation' })
    const { assignments } = await assign('iam', { scope: 'agent', subject: 'bot' })
    registry.become(await leadOf('iam'))
    await registry.run(useCases['assignments.decline'], { id: String(assignments[0]?.id), reason: 'Not ours' })
    expect(await identity()).toMatchObject({ team: 'crm-team', source: 'organisation' })
  })

  it('lets only a lead of the named team accept or decline', async () => {
    const { assignments } = await assign('iam', { scope: 'agent', subject: 'bot' })
    const id = String(assignments[0]?.id)
    registry.become(await leadOf('crm-team'))
    expect((await refusalOf(registry.run(useCases['assignments.accept'], { id }))).code).toBe('forbidden')
    registry.become(actorWith('governance_lead'))
    expect((await refusalOf(registry.run(useCases['assignments.accept'], { id }))).code).toBe('forbidden')
  })

  it('refuses enforcement for the whole organisation, and says why', async () => {
    const refusal = await refusalOf(assign('iam', { scope: 'organisation', layer: 'enforcement' }))
    expect(refusal).toMatchObject({ code: 'refused', message: expect.stringContaining('front door') })
  })

  /** Two people on the same cell: the second is told, and nothing is overwritten. */
  it('refuses a change to a cell that somebody else has changed since', async () => {
    await assign('iam', { scope: 'agent', subject: 'bot', expected: null })
    const refusal = await refusalOf(assign('crm-team', { scope: 'agent', subject: 'bot', expected: null }))
    expect(refusal).toMatchObject({ code: 'stale', message: expect.stringContaining('the test set it to iam') })
    expect((await identity()).team).toBe('iam')
  })

  it('takes a change back: what it replaced holds again, and nothing is left overlapping', async () => {
    const first = await assign('iam', { scope: 'agent', subject: 'bot' })
    registry.wait(60)
    const second = await assign('crm-team', { scope: 'agent', subject: 'bot' })
    expect((await identity()).team).toBe('crm-team')
    registry.wait(60)
    await registry.run(useCases['assignments.undo'], { ids: second.assignments.map(({ id }) => id) })
    expect(await identity()).toMatchObject({ team: 'iam', since: first.assignments[0]?.validFrom })
    registry.wait(20 * 60)
    expect(
      (await refusalOf(registry.run(useCases['assignments.undo'], { ids: first.assignments.map(({ id }) => id) })))
        .code,
    ).toBe('refused')
  })

  it('lets nobody take back what another account of the same name has set', async () => {
    registry.become(actorWith('governance_lead', { name: 'Kim' }))
    const { assignments } = await assign('iam', { scope: 'agent', subject: 'bot' })
    registry.become(actorWith('governance_lead', { name: 'Kim' }))
    const undone = registry.run(useCases['assignments.undo'], { ids: assignments.map(({ id }) => id) })
    expect((await refusalOf(undone)).code).toBe('refused')
    expect((await identity()).team).toBe('iam')
  })

  it('is all or nothing for many cells at once', async () => {
    const targets = [
      { layer: 'identity' as const, scope: 'agent' as const, subject: 'bot' },
      { layer: 'privilege' as const, scope: 'tool' as const, subject: 'no-such-tool' },
    ]
    expect((await refusalOf(registry.run(useCases['assignments.create'], { targets, team: 'iam', reason }))).code).toBe(
      'not_found',
    )
    expect((await identity()).team).toBeNull()
  })

  it('lets an accountable person hand over what they hold, and nobody else without the role', async () => {
    const ben = await registry.run(useCases['people.get'], { person: 'ben' })
    await registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team: 'crm-team',
      person: 'ben',
      reason,
    })
    registry.become(actorWith('member', { personId: '01900000-0000-7000-8000-000000000000' }))
    expect((await refusalOf(assign('iam', { scope: 'agent', subject: 'bot' }))).code).toBe('forbidden')
    registry.become(actorWith('member', { personId: ben.id }))
    await assign('iam', { scope: 'agent', subject: 'bot' })
    expect((await identity()).team).toBe('iam')
  })

  it('keeps two owners of one cell from overlapping in the database itself', async () => {
    const { assignments } = await assign('iam', { scope: 'agent', subject: 'bot' })
    const { prisma } = registry.database
    const row = await prisma.assignment.findUniqueOrThrow({ where: { id: String(assignments[0]?.id) } })
    const { subjectId: _generated, ...copy } = row
    const twin = prisma.assignment.create({ data: { ...copy, id: '01900000-0000-7000-8000-000000000001' } })
    await expect(twin).rejects.toThrow(/assignment_no_overlap/)
  })

  it('writes one audit event, and refuses to name the same owner again', async () => {
    const events = await registry.database.prisma.auditEvent.count()
    await assign('iam', { scope: 'agent', subject: 'bot' })
    expect(await registry.database.prisma.auditEvent.count()).toBe(events + 1)
    expect((await refusalOf(assign('iam', { scope: 'agent', subject: 'bot' }))).code).toBe('conflict')
  })
})
