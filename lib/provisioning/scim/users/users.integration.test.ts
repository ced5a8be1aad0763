import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEvents } from '@/lib/audit/opening-store'
import { barbara, enterprise } from '../testing/samples'
import { type ScimServer, scimServer } from '../testing/server'

let server: ScimServer
beforeAll(async () => {
  server = await scimServer()
})
afterAll(() => server.end())

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'

async function personOf(userId: string) {
  const user = await server.database.prisma.scimUser.findUniqueOrThrow({
    where: { id: userId },
    include: { person: { include: { manager: true } } },
  })
  return user.person
}

async function register(externalId: string, more: object = {}) {
  const now = new Date()
  const data = {
    id: crypto.randomUUID(),
    externalId,
    name: externalId,
    source: 'csv',
    createdAt: now,
    updatedAt: now,
    ...more,
  }
  return await server.database.prisma.person.create({ data })
}

async function eventsOf(personId: string) {
  const events = await server.database.prisma.auditEvent.findMany({
    where: { subjectId: personId },
    orderBy: { sequence: 'asc' },
  })
  return await openEvents(server.database, events)
}

describe('a provisioned person', () => {
  it('is registered, and all that was said of them is told again', async () => {
    const id = await server.makeUser('bjensen@example.org', barbara)
    expect((await server.ask(`/Users/${id}`)).body).toMatchObject(barbara)
    const person = await personOf(id)
    expect(person).toMatchObject({
      externalId: 'bjensen',
      name: 'Babs Jensen',
      email: 'bjensen@example.org',
      source: 'scim',
    })
    const events = await eventsOf(person.id)
    expect(events).toMatchObject([
      {
        action: 'provisioning.createUser',
        door: 'scim',
        after: { slug: 'bjensen', name: 'Babs Jensen', status: 'active' },
      },
    ])
  })

  it('is who is there already under that name or address, and keeps what was edited here', async () => {
    const byAddress = await register('hana', { email: 'Hana@example.org', name: 'Hana', editedFields: ['name'] })
    const id = await server.makeUser('hana@example.org', { displayName: 'Hana Kim', timezone: 'Asia/Seoul' })
    expect(await personOf(id)).toMatchObject({ id: byAddress.id, name: 'Hana', timeZone: 'Asia/Seoul', source: 'csv' })
    const byName = await register('E-77')
    expect((await personOf(await server.makeUser('somebody', { externalId: 'E-77' }))).id).toBe(byName.id)
    await register('one', { email: 'shared@example.org' })
    await register('two', { email: 'shared@example.org' })
    const shared = { schemas: [userUrn], userName: 'shared@example.org' }
    expect(await server.ask('/Users', { method: 'POST', body: shared })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness', detail: expect.stringContaining('Several people') },
    })
  })

  it('leaves and comes back as the provider says, whatever it sends besides', async () => {
    const id = await server.makeUser('leaver@example.org', { displayName: 'Leaver' })
    const status = async () => (await personOf(id)).status
    expect((await server.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })).body.active).toBe(
      false,
    )
    expect(await status()).toBe('left')
    expect((await server.patch(`/Users/${id}`, { op: 'replace', value: { active: true } })).body.active).toBe(true)
    expect(await status()).toBe('active')
    const put = (more: object) =>
      server.ask(`/Users/${id}`, {
        method: 'PUT',
        body: { schemas: [userUrn], userName: 'leaver@example.org', ...more },
      })
    await put({ active: false })
    expect(await status()).toBe('left')
    // Silence is not a return.
    expect((await put({ displayName: 'Left' })).body).toMatchObject({ active: false, displayName: 'Left' })
    expect(await status()).toBe('left')
    const { id: personId } = await personOf(id)
    expect((await eventsOf(personId)).map(({ after }) => after)).toMatchObject([
      { status: 'active' },
      { status: 'left' },
      { status: 'active' },
      { status: 'left' },
      { name: 'Left' },
    ])
  })

  it('is gone when removed, and the person has left; provisioned again, they are back', async () => {
    const id = await server.makeUser('gone@example.org')
    const person = await personOf(id)
    expect((await server.ask(`/Users/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await server.ask(`/Users/${id}`)).status).toBe(404)
    expect((await server.ask(`/Users/${id}`, { method: 'DELETE' })).status).toBe(404)
    const left = await server.database.prisma.person.findUniqueOrThrow({ where: { id: person.id } })
    expect(left.status).toBe('left')
    const again = await server.makeUser('gone@example.org')
    expect(again).not.toBe(id)
    expect(await personOf(again)).toMatchObject({ id: person.id, status: 'active' })
  })

  it('never was there when they come deactivated', async () => {
    expect(await personOf(await server.makeUser('absent@example.org', { active: false }))).toMatchObject({
      status: 'left',
    })
  })

  it('has the manager who is named by id, name or external id, before or after that one is known', async () => {
    const boss = await server.makeUser('boss@example.org', { externalId: 'B-1' })
    const bossPerson = await personOf(boss)
    for (const value of [boss, 'BOSS@example.org', 'B-1']) {
      const id = await server.makeUser(`report-${value}`, { [enterprise]: { manager: { value } } })
      expect((await personOf(id)).managerId).toBe(bossPerson.id)
      await server.patch(`/Users/${id}`, { op: 'Remove', path: `${enterprise}:manager` })
      expect((await personOf(id)).managerId).toBeNull()
    }
    const early = await server.makeUser('early@example.org', { [enterprise]: { manager: 'late@example.org' } })
    expect((await personOf(early)).managerId).toBeNull()
    const late = await personOf(await server.makeUser('late@example.org'))
    expect((await personOf(early)).managerId).toBe(late.id)
    // Nobody is in the line above themselves.
    const { body } = await server.ask('/Users?filter=userName eq "late@example.org"')
    const [lateUser] = body.Resources as { id: string }[]
    await server.patch(`/Users/${lateUser?.id}`, { op: 'add', path: `${enterprise}:manager`, value: early })
    expect((await personOf(String(lateUser?.id))).managerId).toBeNull()
  })

  it('is told nothing about twice: what is there already leaves no event', async () => {
    const id = await server.makeUser('same@example.org', { title: 'Guide' })
    const person = await personOf(id)
    const again = await server.patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'Guide' })
    expect(again).toMatchObject({ status: 200, body: { title: 'Guide', meta: { version: 'W/"1"' } } })
    expect(await eventsOf(person.id)).toHaveLength(1)
    await server.patch(`/Users/${id}`, { op: 'add', path: 'phoneNumbers', value: [{ value: '+44 1', type: 'work' }] })
    const [, second] = await eventsOf(person.id)
    expect(second?.after).toEqual({ slug: 'same', attributes: ['phoneNumbers'] })
  })

  it('keeps what another source says as long as the provider says nothing new', async () => {
    const id = await server.makeUser('steady@example.org', { displayName: 'As said' })
    const { id: personId } = await personOf(id)
    await server.database.prisma.person.update({ where: { id: personId }, data: { name: 'Known better' } })
    await server.patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'Guide' })
    expect((await personOf(id)).name).toBe('Known better')
    await server.patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'Said anew' })
    expect((await personOf(id)).name).toBe('Said anew')
  })

  it('cannot have the name of another', async () => {
    const id = await server.makeUser('first@example.org')
    await server.makeUser('second@example.org')
    const taken = await server.patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'SECOND@example.org' })
    expect(taken).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
    const renamed = await server.patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'FIRST@example.org' })
    expect(renamed).toMatchObject({ status: 200, body: { userName: 'FIRST@example.org' } })
  })
})
