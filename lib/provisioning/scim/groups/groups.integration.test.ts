import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEvents } from '@/lib/audit/opening-store'
import type { JsonObject } from '../schema'
import { type ScimServer, scimServer } from '../testing/server'

let server: ScimServer
let ana: string
let ben: string
beforeAll(async () => {
  server = await scimServer()
  ana = await server.makeUser('ana@example.org', { displayName: 'Ana Ruiz' })
  ben = await server.makeUser('ben@example.org', { displayName: 'Ben Li' })
})
afterAll(() => server.end())

async function teamOf(groupId: string) {
  const group = await server.database.prisma.scimGroup.findUniqueOrThrow({
    where: { id: groupId },
    include: { team: { include: { memberships: { include: { person: true } } } } },
  })
  return group.team
}

const rolesIn = async (groupId: string) =>
  (await teamOf(groupId)).memberships.map(({ person, role }) => `${person.externalId} ${role}`).sort()

const valuesIn = ({ members }: JsonObject) =>
  Array.isArray(members) ? members.map((member) => (member as JsonObject).value) : []

const lead = async (groupId: string, externalId: string) => {
  const { id: teamId } = await teamOf(groupId)
  const person = await server.database.prisma.person.findUniqueOrThrow({ where: { externalId } })
  await server.database.prisma.membership.upsert({
    where: { teamId_personId: { teamId, personId: person.id } },
    create: { teamId, personId: person.id, role: 'lead' },
    update: { role: 'lead' },
  })
}

describe('a provisioned team', () => {
  it('is registered with its members, who know of it', async () => {
    const id = await server.makeGroup('Tour Guides', [ana, ben], { externalId: 'G-1' })
    const { body } = await server.ask(`/Groups/${id}`)
    expect(body).toMatchObject({ displayName: 'Tour Guides', externalId: 'G-1' })
    expect(body.members).toMatchObject([
      { value: ana, display: 'Ana Ruiz', type: 'User', $ref: expect.stringMatching(new RegExp(`/Users/${ana}$`)) },
      { value: ben, display: 'Ben Li' },
    ])
    expect((await server.ask(`/Users/${ana}`)).body.groups).toMatchObject([{ value: id, display: 'Tour Guides' }])
    const team = await teamOf(id)
    expect(team).toMatchObject({ slug: 'tour-guides', function: 'business', source: 'scim', status: 'active' })
    expect(await rolesIn(id)).toEqual(['ana member', 'ben member'])
    const events = await server.database.prisma.auditEvent.findMany({ where: { subjectId: team.id } })
    expect(await openEvents(server.database, events)).toMatchObject([
      {
        action: 'provisioning.createGroup',
        door: 'scim',
        after: { slug: 'tour-guides', name: 'Tour Guides', joined: [{ person: 'ana' }, { person: 'ben' }] },
      },
    ])
  })

  it('has its members changed in every shape, and an event for what changed alone', async () => {
    const id = await server.makeGroup('Shapes')
    const path = `/Groups/${id}`
    await server.patch(path, { op: 'Add', path: 'members', value: [{ value: ana }] })
    await server.patch(path, { op: 'Add', path: 'members', value: [{ value: ana }, { value: ben }] })
    expect(await rolesIn(id)).toEqual(['ana member', 'ben member'])
    await server.patch(path, { op: 'Remove', path: `members[value eq "${ana}"]` })
    expect(await rolesIn(id)).toEqual(['ben member'])
    expect((await server.patch(path, { op: 'Remove', path: `members[value eq "${ana}"]` })).status).toBe(200)
    await server.patch(path, { op: 'Remove', path: 'members', value: [{ value: ben }] })
    expect(await rolesIn(id)).toEqual([])
    await server.patch(path, { op: 'replace', value: { id, displayName: 'Other shapes' } })
    expect(await teamOf(id)).toMatchObject({ slug: 'shapes', name: 'Other shapes' })
    const { id: teamId } = await teamOf(id)
    expect(await server.database.prisma.auditEvent.count({ where: { subjectId: teamId } })).toBe(6)
    expect((await server.patch(path, { op: 'add', path: 'members', value: [{ value: teamId }] })).body).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining(teamId),
    })
  })

  it('keeps its leads and those whom somebody put there', async () => {
    const id = await server.makeGroup('Led', [ana, ben])
    await lead(id, 'ana')
    const replaced = await server.ask(`/Groups/${id}`, {
      method: 'PUT',
      body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Led' },
    })
    expect(valuesIn(replaced.body)).toEqual([])
    expect(await rolesIn(id)).toEqual(['ana lead'])
    await server.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: ana }] })
    expect(await rolesIn(id)).toEqual(['ana lead'])

    const now = new Date()
    const team = await server.database.prisma.team.create({
      data: {
        id: crypto.randomUUID(),
        slug: 'by-hand',
        name: 'By hand',
        function: 'iam',
        source: 'person',
        createdAt: now,
        updatedAt: now,
      },
    })
    const ben2 = await server.database.prisma.person.findUniqueOrThrow({ where: { externalId: 'ben' } })
    await server.database.prisma.membership.create({ data: { teamId: team.id, personId: ben2.id } })
    const adopted = await server.makeGroup('BY HAND', [ana, ben])
    expect(await teamOf(adopted)).toMatchObject({ id: team.id, function: 'iam', name: 'BY HAND' })
    await server.patch(`/Groups/${adopted}`, { op: 'remove', path: 'members' })
    expect(await rolesIn(adopted)).toEqual(['ben member'])
  })

  it('is dissolved when removed, and comes back under its name', async () => {
    const id = await server.makeGroup('Passing', [ana])
    const { id: teamId } = await teamOf(id)
    expect((await server.ask(`/Groups/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await server.ask(`/Groups/${id}`)).status).toBe(404)
    const team = await server.database.prisma.team.findUniqueOrThrow({
      where: { id: teamId },
      include: { memberships: true },
    })
    expect(team).toMatchObject({ status: 'dissolved', memberships: [] })
    const again = await server.makeGroup('Passing', [ben])
    expect(await teamOf(again)).toMatchObject({ id: teamId, status: 'active' })
    expect(
      await server.ask('/Groups', {
        method: 'POST',
        body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'PASSING' },
      }),
    ).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
  })
})
