import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { dayMs } from '../wording'

const lead = actorWith('governance_lead')
const otherLead = actorWith('admin')
const engineer = actorWith('engineer')

describe('work on gaps', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(lead))

  const inDays = (days: number) => new Date(registry.now().getTime() + days * dayMs).toISOString()
  const { run } = {
    run: ((useCase, input) => registry.run(useCase, input)) as TestRegistry['run'],
  }
  const get = (id: string) => run(useCases['gaps.get'], { id })

  /** An active agent whose own layers nobody owns: its gaps. */
  async function agentWithGaps() {
    const agent = await run(useCases['agents.create'], { name: `Agent ${v7()}`, environment: 'production' })
    for (const to of ['active'] as const)
      await run(useCases['agents.transition'], { slug: agent.slug, to, version: agent.version, reason: 'For the test' })
    const { rows } = await run(useCases['gaps.list'], { agent: agent.slug, rule: 'layer-unowned' })
    expect(rows).toHaveLength(3)
    return { agent, ids: rows.map((row) => row.id) }
  }
  const first = ([id]: string[]) => String(id)

  it('goes from open over acknowledged to remediating, with a history and one event each', async () => {
    const { ids } = await agentWithGaps()
    expect(await run(useCases['gaps.transition'], { ids, to: 'acknowledged', note: 'Seen' })).toEqual({ changed: 3 })
    expect(await run(useCases['gaps.transition'], { ids, to: 'remediating' })).toEqual({ changed: 3 })
    expect(await run(useCases['gaps.transition'], { ids, to: 'remediating' })).toEqual({ changed: 0 })
    const gap = await get(first(ids))
    expect(gap).toMatchObject({ state: 'remediating', overdue: false })
    expect(gap.history.map(({ from, to, note }) => ({ from, to, note }))).toEqual([
      { from: 'acknowledged', to: 'remediating', note: null },
      { from: 'open', to: 'acknowledged', note: 'Seen' },
      { from: null, to: 'open', note: null },
    ])
  })

  it('refuses states that follow from the facts', async () => {
    const { ids } = await agentWithGaps()
    for (const to of ['resolved', 'excepted'] as const)
      expect(await refusalOf(run(useCases['gaps.transition'], { ids, to }))).toMatchObject({ code: 'wrong_state' })
  })

  /** Bulk is whole or not at all. */
  it('changes nothing when one of the ids is bad', async () => {
    const { ids } = await agentWithGaps()
    const refusal = await refusalOf(run(useCases['gaps.transition'], { ids: [...ids, v7()], to: 'acknowledged' }))
    expect(refusal).toMatchObject({ code: 'not_found', fields: ['ids[3]'] })
    for (const id of ids) expect((await get(id)).state).toBe('open')
  })

  it('refuses a version that was overtaken, saying by whom', async () => {
    const { ids } = await agentWithGaps()
    const { version } = await get(first(ids))
    await run(useCases['gaps.transition'], { ids, to: 'acknowledged' })
    const refusal = await refusalOf(
      run(useCases['gaps.transition'], { ids, to: 'remediating', versions: { [first(ids)]: version } }),
    )
    expect(refusal).toMatchObject({ code: 'stale', message: expect.stringContaining(lead.name) })
    expect((await get(first(ids))).state).toBe('acknowledged')
  })

  it('is given to people who are there, and found by them', async () => {
    const { ids } = await agentWithGaps()
    const person = await run(useCases['people.create'], { name: 'Mender' })
    await run(useCases['gaps.assign'], { ids, assignee: person.externalId })
    expect((await run(useCases['gaps.list'], { assignee: person.externalId })).rows).toHaveLength(3)
    registry.become(actorWith('member', { personId: person.id }))
    expect((await run(useCases['gaps.list'], { assignee: 'me' })).rows.map((row) => row.id).sort()).toEqual(ids.sort())
    await run(useCases['gaps.transition'], { ids, to: 'acknowledged' })
    await run(useCases['gaps.assign'], { ids: ids.slice(0, 1), assignee: null })
    expect(await refusalOf(run(useCases['gaps.transition'], { ids, to: 'open' }))).toMatchObject({ code: 'forbidden' })
    registry.become(actorWith('auditor', { personId: person.id }))
    expect(await refusalOf(run(useCases['gaps.transition'], { ids: ids.slice(1), to: 'open' }))).toMatchObject({
      code: 'forbidden',
    })
    registry.become(lead)
    await run(useCases['people.update'], {
      person: person.externalId,
      status: 'left',
      version: person.version,
      reason: 'Gone',
    })
    expect(await refusalOf(run(useCases['gaps.assign'], { ids, assignee: person.externalId }))).toMatchObject({
      code: 'invalid_input',
      fields: ['assignee'],
    })
  })

  it('lists what is due next, page by page, and what is overdue', async () => {
    const { agent, ids } = await agentWithGaps()
    await run(useCases['gaps.setDue'], { ids: ids.slice(0, 1), dueAt: inDays(1), reason: 'Urgent' })
    await run(useCases['gaps.setDue'], { ids: ids.slice(1, 2), dueAt: inDays(2), reason: 'Next' })
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await run(useCases['gaps.list'], {
        sort: 'due',
        limit: 1,
        agent: agent.slug,
        ...(cursor && { cursor }),
      })
      paged.push(...page.rows.map((row) => row.id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(paged.slice(0, 2)).toEqual(ids.slice(0, 2))
    expect(new Set(paged).size).toBe(paged.length)
    registry.wait(1.5 * 86_400)
    const overdue = await run(useCases['gaps.list'], { agent: agent.slug, overdue: 'yes' })
    expect(overdue.rows.map((row) => row.id)).toEqual(ids.slice(0, 1))
    registry.wait(-1.5 * 86_400)
    const refusal = await refusalOf(run(useCases['gaps.setDue'], { ids, dueAt: inDays(-1), reason: 'Late' }))
    expect(refusal).toMatchObject({ code: 'invalid_input', fields: ['dueAt'] })
  })

  it('says by a fresh look whether it is still found, and resolves when it is not', async () => {
    const { agent, ids } = await agentWithGaps()
    expect(await run(useCases['gaps.recheck'], { id: first(ids) })).toMatchObject({
      state: 'open',
      explanation: expect.stringContaining('Agent'),
    })
    await registry.own({ agentId: agent.id })
    expect(await run(useCases['gaps.recheck'], { id: first(ids) })).toMatchObject({ state: 'resolved' })
    expect(await refusalOf(run(useCases['gaps.transition'], { ids: [first(ids)], to: 'open' }))).toMatchObject({
      code: 'wrong_state',
    })
  })

  it('keeps what is said about it, and hears nothing from an auditor', async () => {
    const { ids } = await agentWithGaps()
    const id = first(ids)
    await run(useCases['gaps.comment'], { id, text: 'One' })
    registry.wait(1)
    await run(useCases['gaps.comment'], { id, text: 'Two' })
    const page = await run(useCases['gaps.comments'], { id, limit: 1 })
    expect(page.rows).toMatchObject([{ text: 'Two', author: lead.name }])
    const rest = await run(useCases['gaps.comments'], { id, limit: 1, cursor: String(page.next) })
    expect(rest).toMatchObject({ rows: [{ text: 'One' }], next: null })
    expect((await get(id)).comments).toBe(2)
    registry.become(actorWith('auditor'))
    expect(await refusalOf(run(useCases['gaps.comment'], { id, text: 'Hm' }))).toMatchObject({ code: 'forbidden' })
  })

  it('finds by a control what the rules that evidence it found', async () => {
    const { agent } = await agentWithGaps()
    const of = async (control: string) => (await run(useCases['gaps.list'], { agent: agent.slug, control })).rows.length
    expect(await of('owasp-asi:ASI03')).toBeGreaterThanOrEqual(3)
    expect(await of('owasp-asi:nothing')).toBe(0)
    expect(
      (await run(useCases['gaps.list'], { agent: agent.slug, framework: 'owasp-nhi' })).rows.length,
    ).toBeGreaterThan(0)
  })

  describe('exceptions', () => {
    const ask = async (ids: string[], expires = inDays(30)) =>
      (await run(useCases['exceptions.ask'], { gaps: ids, reason: 'Migration', expires })).ids

    it('are approved by somebody else alone, and put the gap to excepted', async () => {
      const { ids } = await agentWithGaps()
      const [id = ''] = await ask(ids)
      const own = await refusalOf(run(useCases['exceptions.approve'], { id, note: 'Fine by me' }))
      expect(own).toMatchObject({ code: 'forbidden', message: expect.stringContaining('yourself') })
      expect((await run(useCases['exceptions.get'], { id })).can.decide).toContain('yourself')
      registry.become(engineer)
      expect(await refusalOf(run(useCases['exceptions.approve'], { id, note: 'Fine' }))).toMatchObject({
        code: 'forbidden',
      })
      registry.become(otherLead)
      const approved = await run(useCases['exceptions.approve'], { id, note: 'Until the migration is over' })
      expect(approved).toMatchObject({ state: 'in_force', decidedBy: otherLead.name, gap: first(ids) })
      expect(await get(first(ids))).toMatchObject({ state: 'excepted', exception: { id, state: 'in_force' } })
      expect(await refusalOf(run(useCases['exceptions.approve'], { id, note: 'Again' }))).toMatchObject({
        code: 'wrong_state',
      })
    })

    it('are never approved by their asker, whatever the code above the database does', async () => {
      const { ids } = await agentWithGaps()
      const [id = ''] = await ask(ids.slice(0, 1))
      const { prisma } = registry.database
      await expect(
        prisma.gapException.update({ where: { id }, data: { state: 'approved', decidedById: lead.id } }),
      ).rejects.toThrow('exception_approver_is_not_asker')
    })

    it('end in the future, and no later than the policy says', async () => {
      const { ids } = await agentWithGaps()
      for (const days of [-1, 0, 366])
        expect(await refusalOf(ask(ids, inDays(days)))).toMatchObject({ code: 'invalid_input', fields: ['expires'] })
      expect(await ask(ids, inDays(365))).toHaveLength(3)
    })

    it('are asked for once', async () => {
      const { ids } = await agentWithGaps()
      await ask(ids.slice(1, 2))
      expect(await refusalOf(ask(ids))).toMatchObject({ code: 'conflict' })
      expect((await get(first(ids))).exception).toBeNull()
    })

    it('run out: the gap opens again', async () => {
      const { ids } = await agentWithGaps()
      const [id = ''] = await ask(ids.slice(0, 1), inDays(10))
      registry.become(otherLead)
      await run(useCases['exceptions.approve'], { id, note: 'For ten days' })
      const soon = await run(useCases['exceptions.list'], { expiringWithinDays: 11 })
      expect(soon.rows.map((row) => row.id)).toContain(id)
      registry.wait(10 * 86_400)
      await run(useCases['gaps.recheck'], { id: first(ids) })
      expect(await get(first(ids))).toMatchObject({ state: 'open', exception: { id, state: 'expired' } })
      expect((await run(useCases['exceptions.list'], { state: 'expired' })).rows.map((row) => row.id)).toContain(id)
      registry.wait(-10 * 86_400)
    })

    it('are withdrawn by who asked, or ended by a lead: the gap opens again', async () => {
      const { ids } = await agentWithGaps()
      registry.become(engineer)
      const [one = '', two = ''] = await ask(ids)
      await run(useCases['exceptions.withdraw'], { id: one, note: 'Mended instead' })
      registry.become(actorWith('engineer'))
      expect(await refusalOf(run(useCases['exceptions.withdraw'], { id: two, note: 'Mine' }))).toMatchObject({
        code: 'forbidden',
      })
      registry.become(otherLead)
      const { version } = await run(useCases['exceptions.approve'], { id: two, note: 'For now' })
      expect(
        await refusalOf(run(useCases['exceptions.withdraw'], { id: two, note: 'No more', version: version - 1 })),
      ).toMatchObject({ code: 'stale' })
      await run(useCases['exceptions.withdraw'], { id: two, note: 'No more' })
      expect((await get(String(ids[1]))).state).toBe('open')
    })

    it('are listed with those that wait first, page by page', async () => {
      const whole = await run(useCases['exceptions.list'], { limit: 200 })
      const paged: typeof whole.rows = []
      let cursor: string | undefined
      do {
        const page = await run(useCases['exceptions.list'], { limit: 2, ...(cursor && { cursor }) })
        paged.push(...page.rows)
        cursor = page.next ?? undefined
      } while (cursor)
      expect(paged).toEqual(whole.rows)
      const states = whole.rows.map((row) => row.state)
      expect(states.lastIndexOf('asked')).toBeLessThan(states.indexOf('in_force'))
    })
  })
})
