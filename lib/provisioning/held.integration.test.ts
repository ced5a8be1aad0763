import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import { openEvents } from '@/lib/audit/opening-store'
import { actorWith, refusalOf } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { Command, Query } from '@/lib/use-cases/define'
import { runUseCase } from '@/lib/use-cases/run'
import { type ScimServer, scimServer } from './scim/testing/server'

let server: ScimServer
let ids: string[]
beforeAll(async () => {
  server = await scimServer()
  ids = []
  for (let number = 1; number <= 16; number++) ids.push(await server.makeUser(`person${number}@example.org`))
})
afterAll(() => server.end())

const run = async <Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Query['name'], Input, Output> | Command<Command['name'], Input, Output>,
  input: z.input<Input>,
  actor = systemActor('the test'),
): Promise<z.output<Output>> =>
  await runUseCase(useCase, input, {
    database: server.database,
    actor,
    now: new Date(),
    newId: v7,
    requestId: 'test',
  })

const deactivate = (id: string | undefined) =>
  server.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })
const statusOf = async (number: number) => {
  const person = await server.database.prisma.person.findUniqueOrThrow({ where: { externalId: `person${number}` } })
  return person.status
}
const held = async () => (await run(useCases['provisioning.held'], {})).rows

describe('a feed that suddenly lacks many people', () => {
  it('is believed up to the threshold, and held beyond it, while the provider is told that it was done', async () => {
    for (const id of ids.slice(0, 13)) {
      const answer = await deactivate(id)
      expect(answer).toMatchObject({ status: 200, body: { active: false } })
    }
    expect((await server.ask(`/Users/${ids[13]}`, { method: 'DELETE' })).status).toBe(204)
    expect(await Promise.all([1, 10, 11, 13, 14].map(statusOf))).toEqual(['left', 'left', 'active', 'active', 'active'])
    expect((await held()).map(({ person, kind }) => [person.externalId, kind])).toEqual([
      ['person11', 'deactivated'],
      ['person12', 'deactivated'],
      ['person13', 'deactivated'],
      ['person14', 'removed'],
    ])
    // What the provider said is what it reads, whatever the registry makes of it.
    expect((await server.ask(`/Users/${ids[10]}`)).body.active).toBe(false)
    expect((await server.ask(`/Users/${ids[13]}`)).status).toBe(404)
    expect(await run(useCases['provisioning.get'], {})).toMatchObject({ held: 4, people: { active: 2, inactive: 13 } })
    expect(await run(useCases['provisioning.held'], { person: 'person12' })).toMatchObject({
      rows: [{ kind: 'deactivated' }],
    })
  })

  it('forgets about who comes back', async () => {
    await server.patch(`/Users/${ids[10]}`, { op: 'Replace', path: 'active', value: 'True' })
    expect((await held()).map(({ person }) => person.externalId)).toEqual(['person12', 'person13', 'person14'])
    expect(await statusOf(11)).toBe('active')
  })

  it('is confirmed or dismissed by an admin, once', async () => {
    const [twelve, thirteen, fourteen] = await held()
    if (!twelve || !thirteen || !fourteen) throw new Error('Nobody is held')
    const confirm = { ids: [twelve.id, fourteen.id], reason: 'A whole team was sold' }
    const byLead = run(useCases['provisioning.confirmHeld'], confirm, actorWith('governance_lead'))
    expect(await refusalOf(byLead)).toMatchObject({ code: 'forbidden' })
    expect(await run(useCases['provisioning.confirmHeld'], confirm)).toEqual({ people: 2 })
    expect(await run(useCases['provisioning.dismissHeld'], { ids: [thirteen.id] })).toEqual({ people: 1 })
    expect(await Promise.all([12, 13, 14].map(statusOf))).toEqual(['left', 'active', 'left'])
    expect(await held()).toEqual([])
    expect(await refusalOf(run(useCases['provisioning.dismissHeld'], confirm))).toMatchObject({ code: 'wrong_state' })

    const events = await server.database.prisma.auditEvent.findMany({
      where: { subjectId: 'provisioning' },
      orderBy: { sequence: 'asc' },
    })
    expect(await openEvents(server.database, events)).toMatchObject([
      { action: 'provisioning.confirmHeld', after: { people: 2 }, reason: confirm.reason },
      { action: 'provisioning.dismissHeld', after: { people: 1 } },
    ])
  })

  it('counts no departure of long ago', async () => {
    await server.database.prisma.scimDeparture.updateMany({ data: { at: new Date(Date.now() - 3_700_000) } })
    await deactivate(ids[14])
    expect(await statusOf(15)).toBe('left')
  })

  it('goes with the person who is erased', async () => {
    await run(useCases['people.erase'], { person: 'person15' })
    expect((await server.ask(`/Users/${ids[14]}`)).status).toBe(404)
    expect(JSON.stringify(await server.database.prisma.scimUser.findMany())).not.toContain('person15')
  })
})

describe('the last requests', () => {
  it('are kept with what came of them, without what was asked for', async () => {
    await server.ask('/Users?filter=userName eq "secret@example.org"')
    await server.ask('/Users', { method: 'POST', body: 'nonsense' })
    await server.ask('/Users', { headers: { authorization: 'Bearer ptk_wrong' } })
    const { requests } = await run(useCases['provisioning.get'], {})
    expect(requests.slice(0, 3)).toMatchObject([
      { method: 'GET', path: '/Users', status: 401, token: null },
      {
        method: 'POST',
        path: '/Users',
        status: 400,
        token: 'test',
        detail: 'The body cannot be read as JSON.',
      },
      { method: 'GET', path: '/Users', status: 200, token: 'test', detail: null },
    ])
    expect(JSON.stringify(requests)).not.toContain('secret')
  })

  it('are bounded', async () => {
    for (let asked = 0; asked < 60; asked++) await server.ask('/Users', { headers: { authorization: '' } })
    expect(await server.database.prisma.scimRequest.count({ where: { token: null } })).toBe(50)
  })
})
