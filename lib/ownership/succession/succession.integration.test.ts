import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

const reason = 'Named in the quarterly review'

describe('succession', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await testRegistry()
    for (const [externalId, manager] of [['max'], ['ana', 'max'], ['ben'], ['eve'], ['lea']] as const)
      await registry.run(useCases['people.create'], {
        externalId,
        name: `Person ${externalId}`,
        ...(manager && { manager }),
      })
    await registry.run(useCases['teams.create'], {
      slug: 'iam',
      name: 'Identity',
      function: 'iam',
      members: [
        { person: 'lea', role: 'lead' },
        { person: 'ana', role: 'member' },
      ],
    })
    await registry.run(useCases['agents.create'], { slug: 'bot', name: 'Bot', sponsor: 'ana' })
    await registry.run(useCases['tools.create'], { slug: 'crm', name: 'CRM' })
    await registry.run(useCases['bindings.create'], { agent: 'bot', tool: 'crm' })
  })
  afterEach(() => registry.drop())

  const own = async (deputies: string[] = []) => {
    const { assignments } = await registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team: 'iam',
      person: 'ana',
      deputies,
      reason,
    })
    return String(assignments[0]?.id)
  }
  const person = (key: string) => registry.run(useCases['people.get'], { person: key })
  const setStatus = async (key: string, status: 'left' | 'active') => {
    const { version } = await person(key)
    await registry.run(useCases['people.update'], { person: key, version, status })
  }
  const leave = (key: string) => setStatus(key, 'left')
  const open = async () => (await registry.run(useCases['succession.list'], {})).rows
  const theOwnership = async () => {
    const found = (await open()).find(({ ownership }) => ownership)
    if (!found) throw new Error('No ownership waits for a successor')
    return found
  }
  const become = async (key: string) => {
    const { id, name } = await person(key)
    registry.become(actorWith('member', { name, personId: id }))
  }
  const lead = () => registry.become(actorWith('governance_lead'))
  const owner = async () => (await registry.run(useCases['owners.get'], { agent: 'bot', tool: 'crm' })).layers.identity

  it('asks the first active deputy for the layer and the manager for the agent, and moves nothing', async () => {
    await own(['ben', 'eve'])
    await leave('ben')
    await leave('ana')
    expect(await open()).toMatchObject([
      { ownership: { assignment: 'identity:agent:bot' }, candidate: { externalId: 'eve' }, because: 'deputy' },
      { agent: { slug: 'bot' }, candidate: { externalId: 'max' }, because: 'manager' },
    ])
    expect(await owner()).toMatchObject({ person: 'ana', credible: false })
  })

  it('asks the team lead without deputies, and shows beforehand whom it would ask', async () => {
    await own()
    const { rows } = await registry.run(useCases['succession.preview'], { person: 'ana' })
    expect(rows).toMatchObject([
      { ownership: { team: { slug: 'iam' } }, candidate: { externalId: 'lea' }, because: 'team_lead' },
      { agent: { slug: 'bot' }, candidate: { externalId: 'max' }, because: 'manager' },
    ])
    await leave('ana')
    expect((await theOwnership()).candidate?.externalId).toBe('lea')
  })

  it('moves the owner when the candidate accepts, personally, with provenance and the other deputies', async () => {
    const before = await own(['ben', 'eve'])
    await leave('ana')
    const { id, version } = await theOwnership()
    const accept = () => registry.run(useCases['succession.accept'], { successions: [{ id, version }] })
    for (const other of ['eve', 'max', 'lea']) {
      await become(other)
      expect((await refusalOf(accept())).code).toBe('forbidden')
    }
    lead()
    expect((await refusalOf(accept())).code).toBe('forbidden')
    await become('ben')
    expect((await accept()).successions).toMatchObject([{ state: 'accepted', decidedBy: 'Person ben' }])
    expect(await owner()).toMatchObject({
      team: 'iam',
      person: 'ben',
      credible: true,
      assignment: 'identity:agent:bot',
    })
    const { rows } = await registry.run(useCases['assignments.list'], { team: 'iam', state: 'proposed' })
    expect(rows).toMatchObject([{ reason: 'Succession of Person ana', deputies: [{ externalId: 'eve' }] }])
    const { state } = await registry.run(useCases['assignments.get'], { id: before })
    expect(state).toBe('ended')
    expect((await refusalOf(accept())).code).toBe('wrong_state')
  })

  it('makes the candidate the sponsor, and keeps that over the next import', async () => {
    await leave('ana')
    const [row] = await open()
    await become('max')
    await registry.run(useCases['succession.accept'], { successions: [{ id: String(row?.id) }] })
    const agent = await registry.run(useCases['agents.get'], { slug: 'bot' })
    expect(agent).toMatchObject({ sponsor: { externalId: 'max' }, editedFields: ['sponsor'] })
    expect(await open()).toEqual([])
  })

  it('goes on to the next in line when one declines, and waits for a name when nobody is left', async () => {
    await own(['ben'])
    await leave('ana')
    for (const asked of ['ben', 'lea', 'max']) {
      const { id, candidate } = await theOwnership()
      expect(candidate?.externalId).toBe(asked)
      await become(asked)
      await registry.run(useCases['succession.decline'], { successions: [{ id }], reason: 'I have too much already' })
    }
    expect(await theOwnership()).toMatchObject({ candidate: null, because: null })
  })

  it('lets the manager, a lead of the team and a governance lead ask somebody else, and nobody besides', async () => {
    await own()
    await leave('ana')
    const { id } = await theOwnership()
    const ask = (key: string) =>
      registry.run(useCases['succession.name'], { successions: [{ id }], person: key, reason: 'Knows the bot' })
    await become('ben')
    expect((await refusalOf(ask('ben'))).code).toBe('forbidden')
    await become('max')
    expect((await ask('eve')).successions).toMatchObject([
      { candidate: { externalId: 'eve' }, because: null, note: 'Named by Person max: Knows the bot' },
    ])
    const { id: teamId } = await registry.run(useCases['teams.get'], { slug: 'iam' })
    const { id: personId } = await person('lea')
    registry.become(actorWith('member', { personId, leadOf: new Set([teamId]) }))
    await ask('ben')
    lead()
    expect((await refusalOf(ask('ben'))).code).toBe('conflict')
    expect((await refusalOf(ask('ana'))).code).toBe('refused')
  })

  it('refuses an answer to what was changed or settled meanwhile', async () => {
    await own(['ben'])
    await leave('ana')
    const { id, version } = await theOwnership()
    await registry.run(useCases['succession.name'], { successions: [{ id }], person: 'eve', reason })
    await become('eve')
    const accept = registry.run(useCases['succession.accept'], { successions: [{ id, version }] })
    expect(await refusalOf(accept)).toMatchObject({ code: 'stale', message: expect.stringContaining('Person eve') })
  })

  it('asks the next when the candidate leaves as well', async () => {
    await own(['ben', 'eve'])
    await leave('ana')
    await leave('ben')
    expect(await theOwnership()).toMatchObject({ candidate: { externalId: 'eve' }, because: 'deputy' })
  })

  it('is moot when somebody else is named, when the ownership ends, when the agent retires, and when the leaver is back', async () => {
    await own()
    await leave('ana')
    await registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team: 'iam',
      person: 'ben',
      reason,
    })
    expect((await open()).map(({ ownership }) => ownership)).toEqual([null])
    await setStatus('ana', 'active')
    expect(await open()).toEqual([])
    await leave('ana')
    expect(await open()).toHaveLength(1)
    const agent = await registry.run(useCases['agents.get'], { slug: 'bot' })
    await registry.run(useCases['agents.transition'], { slug: 'bot', version: agent.version, to: 'retired', reason })
    expect(await open()).toEqual([])
    const moot = await registry.run(useCases['succession.list'], { state: 'moot' })
    expect(moot.rows).toHaveLength(3)
  })

  it('asks again when what made it moot is taken back', async () => {
    await own(['ben'])
    await leave('ana')
    const { assignments } = await registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team: 'iam',
      person: 'eve',
      reason,
    })
    const system = { ids: assignments.map(({ id }) => id) }
    await registry.run(useCases['assignments.undo'], system)
    expect((await theOwnership()).candidate?.externalId).toBe('ben')
  })

  it('is opened by an import as well', async () => {
    await own(['eve'])
    const people = [{ id: 'ana', name: 'Person ana', status: 'left', manager: 'max' }]
    const text = JSON.stringify({ apiVersion: 'pentarch/v1', kind: 'Estate', people })
    await registry.run(useCases['imports.apply'], {
      kind: 'estate',
      files: [{ name: 'people.json', contentBase64: Buffer.from(text).toString('base64') }],
    })
    expect((await open()).map(({ candidate }) => candidate?.externalId)).toEqual(['eve', 'max'])
  })

  it('shows each only what they are asked, and pages by key', async () => {
    await own()
    await leave('ana')
    await become('lea')
    expect((await registry.run(useCases['succession.list'], { mine: 'true' })).rows).toHaveLength(1)
    const first = await registry.run(useCases['succession.list'], { limit: 1 })
    const second = await registry.run(useCases['succession.list'], { limit: 1, cursor: String(first.next) })
    expect([...first.rows, ...second.rows]).toHaveLength(2)
    expect(second.next).toBeNull()
  })
})

describe('deputies', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await testRegistry()
    for (const externalId of ['ana', 'ben', 'eve'])
      await registry.run(useCases['people.create'], { externalId, name: `Person ${externalId}` })
    const members = [{ person: 'ana', role: 'lead' as const }]
    await registry.run(useCases['teams.create'], { slug: 'iam', name: 'Identity', function: 'iam', members })
    await registry.run(useCases['agents.create'], { slug: 'bot', name: 'Bot' })
  })
  afterEach(() => registry.drop())

  const own = (deputies: string[]) =>
    registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team: 'iam',
      person: 'ana',
      deputies,
      reason,
    })

  it('keeps them in their order, and lets them be set anew by who holds the ownership', async () => {
    const { assignments } = await own(['eve', 'ben'])
    const id = String(assignments[0]?.id)
    expect(assignments[0]?.deputies.map(({ externalId }) => externalId)).toEqual(['eve', 'ben'])
    const set = (deputies: string[]) => registry.run(useCases['assignments.setDeputies'], { id, deputies, version: 1 })
    registry.become(actorWith('member', { personId: '01900000-0000-7000-8000-000000000000' }))
    expect((await refusalOf(set(['ben']))).code).toBe('forbidden')
    const ana = await registry.run(useCases['people.get'], { person: 'ana' })
    registry.become(actorWith('member', { personId: ana.id }))
    expect((await set(['ben'])).deputies).toMatchObject([{ externalId: 'ben' }])
    expect((await refusalOf(set([]))).code).toBe('stale')
    expect(await registry.eventsOf(id)).toHaveLength(2)
  })

  it('refuses the accountable person, one twice, one who left and one unknown, and names the field', async () => {
    for (const deputies of [['ana'], ['ben', 'ben'], ['nobody']])
      expect(await refusalOf(own(deputies))).toMatchObject({ code: 'refused', fields: ['deputies'] })
    await registry.run(useCases['people.update'], { person: 'ben', version: 1, status: 'left' })
    expect(await refusalOf(own(['ben']))).toMatchObject({ code: 'refused', fields: ['deputies'] })
  })
})
