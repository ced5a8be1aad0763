import { isDeepStrictEqual } from 'node:util'
import { validate } from 'uuid'
import type { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import type { StoredTeam } from '@/lib/registry/teams/store'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { coerceResource } from '../coerce'
import { listResponse, presented, tagNamed } from '../messages'
import { patched } from '../patch'
import { holds, type Projection, projected } from '../project'
import { ScimRefusal } from '../refusal'
import { groupType, type JsonObject } from '../schema'
import { searchOf, searchParameters } from '../search'
import {
  answerSchema,
  changeInput,
  createInput,
  type FindInput,
  findInput,
  getInput,
  projectionOf,
  removeInput,
  searchInput,
} from '../shapes'
import { Unchanged } from '../unchanged'
import { type MemberChange, membersAsValues, namesOf, setMembers, userIdsIn } from './members'
import { memberIds } from './members-store'
import {
  deleteGroup,
  findGroups,
  type GroupRow,
  getGroup,
  insertGroup,
  isTaken,
  type StoredGroup,
  showGroup,
  updateGroup,
} from './store'
import { keyOf, registerTeam, saidBy, teamKnownAs, writeTeam } from './team'

/** A page holds this many groups when their members are told. */
const withMembersMax = 50

async function find(context: UseCaseContext, input: FindInput) {
  const { base, startIndex } = input
  const projection = projectionOf(input)
  const members = holds(groupType, projection, 'members')
  const search = searchOf(groupType, { ...input, count: members ? Math.min(withMembersMax, input.count) : input.count })
  const { groups, total } = await findGroups(context.db, { base, members }, search)
  const resources = groups.map((group) => projected(groupType, presented(groupType, base, group), projection))
  return { body: listResponse({ total, startIndex, resources }) }
}

/** How a group is answered. */
interface Shown {
  base: string
  projection: Projection
}

async function answerOf({ db }: UseCaseContext, id: string, { base, projection }: Shown) {
  const telling = { base, members: holds(groupType, projection, 'members') }
  const group = validate(id) ? await showGroup(db, telling, id) : null
  if (!group) throw notFound(`The group "${id}"`)
  return { body: projected(groupType, presented(groupType, base, group), projection), version: group.version }
}

async function groupCalled({ db }: UseCaseContext, id: string, ifMatch: string | undefined): Promise<StoredGroup> {
  const group = validate(id) ? await getGroup(db, id) : null
  if (!group) throw notFound(`The group "${id}"`)
  if (ifMatch !== undefined && !tagNamed(ifMatch, group.version))
    throw new DomainError('stale', `The group is at version ${group.version} now.`)
  return group
}

async function assertFree({ db }: UseCaseContext, name: string, exceptId: string | null): Promise<void> {
  if (await isTaken(db, keyOf(name), exceptId))
    throw new ScimRefusal('uniqueness', `There is a group "${name}" already.`, 'conflict')
}

async function teamOf({ db }: UseCaseContext, { teamId }: StoredGroup): Promise<StoredTeam> {
  return await db.prisma.team.findUniqueOrThrow({ where: { id: teamId } })
}

function rowOf(teamId: string, resource: JsonObject): GroupRow {
  const { name, externalId } = saidBy(resource)
  const { members: _, ...kept } = resource
  return { teamId, externalId, display: name, displayKey: keyOf(name), resource: kept }
}

/** Members who came and went, as an event tells of them. */
const membersNote = ({ joined, gone }: MemberChange) => ({
  ...(joined.length > 0 && { joined: namesOf(joined) }),
  ...(gone.length > 0 && { gone: namesOf(gone) }),
})

const peopleIn = ({ joined, gone }: MemberChange) => [...joined, ...gone].map(({ personId }) => personId)

const createGroup = defineCommand({
  name: 'provisioning.createGroup',
  summary: 'Provision a team: register it, or take over the one of that name',
  method: 'POST',
  path: '/Groups',
  input: createInput,
  output: answerSchema,
  async handler(context, { base, body, ...wanted }) {
    const resource = coerceResource(groupType, body)
    const { name } = saidBy(resource)
    const users = userIdsIn(resource)
    await lockEstate(context)
    await assertFree(context, name, null)
    const known = await teamKnownAs(context, name)
    const team = known ?? (await registerTeam(context, name))
    const { before, after } = await writeTeam(context, team, { name, status: 'active' })
    const id = context.newId()
    await insertGroup(context.db, id, rowOf(team.id, resource), context.now)
    const members = await setMembers(context, { groupId: id, teamId: team.id }, users)
    await settle(context, { teams: [team.id], people: peopleIn(members) })
    const { slug, function: teamFunction } = team
    const event = known
      ? { before: { slug, ...before }, after: { slug, ...after, ...membersNote(members) } }
      : { after: { slug, name, function: teamFunction, status: 'active', ...membersNote(members) } }
    return {
      output: await answerOf(context, id, { base, projection: projectionOf(wanted) }),
      event: { subjectType: 'team', subjectId: team.id, ...event },
    }
  },
})

/** Writes what a group has become, and what follows for the team. Under the estate lock. */
async function change(context: UseCaseContext, group: StoredGroup, next: JsonObject, shown: Shown) {
  const row = rowOf(group.teamId, next)
  await assertFree(context, row.display, group.id)
  const members = await setMembers(context, { groupId: group.id, teamId: group.teamId }, userIdsIn(next))
  const people = peopleIn(members)
  if (people.length === 0 && isDeepStrictEqual(row.resource, group.resource))
    throw new Unchanged(await answerOf(context, group.id, shown))
  const team = await teamOf(context, group)
  const name = row.display === group.display ? undefined : row.display
  const { before, after } = await writeTeam(context, team, { name })
  await updateGroup(context.db, group, row, context.now)
  await settle(context, { teams: [team.id], people })
  const { slug } = team
  return {
    output: await answerOf(context, group.id, shown),
    event: {
      subjectType: 'team',
      subjectId: team.id,
      before: { slug, ...before },
      after: { slug, ...after, ...membersNote(members) },
    },
  }
}

const replaceGroup = defineCommand({
  name: 'provisioning.replaceGroup',
  summary: 'Say anew all that the identity provider says of a team',
  method: 'PUT',
  path: '/Groups/{id}',
  input: changeInput,
  output: answerSchema,
  async handler(context, { base, id, body, ifMatch, ...wanted }) {
    const next = coerceResource(groupType, body)
    await lockEstate(context)
    const group = await groupCalled(context, id, ifMatch)
    return await change(context, group, next, { base, projection: projectionOf(wanted) })
  },
})

const patchGroup = defineCommand({
  name: 'provisioning.patchGroup',
  summary: 'Change the name of a team, or who is in it',
  method: 'PATCH',
  path: '/Groups/{id}',
  input: changeInput,
  output: answerSchema,
  async handler(context, { base, id, body, ifMatch, ...wanted }) {
    await lockEstate(context)
    const group = await groupCalled(context, id, ifMatch)
    const members = membersAsValues(await memberIds(context.db, group.id))
    const present = { ...group.resource, ...(members.length > 0 && { members }) }
    const next = patched(groupType, present, body)
    return await change(context, group, next, { base, projection: projectionOf(wanted) })
  },
})

const removeGroup = defineCommand({
  name: 'provisioning.removeGroup',
  summary: 'Forget what the identity provider said of a team, which thereby is dissolved',
  method: 'DELETE',
  path: '/Groups/{id}',
  input: removeInput,
  output: answerSchema,
  async handler(context, { id, ifMatch }) {
    await lockEstate(context)
    const group = await groupCalled(context, id, ifMatch)
    const members = await setMembers(context, { groupId: group.id, teamId: group.teamId }, [])
    const team = await teamOf(context, group)
    const { before, after } = await writeTeam(context, team, { status: 'dissolved' })
    await deleteGroup(context.db, group.id)
    await settle(context, { teams: [team.id], people: peopleIn(members) })
    const { slug } = team
    return {
      output: { body: {} },
      event: {
        subjectType: 'team',
        subjectId: team.id,
        before: { slug, provisioned: true, ...before },
        after: { slug, provisioned: false, ...after, ...membersNote(members) },
      },
    }
  },
})

export const groupUseCases = {
  'provisioning.findGroups': defineQuery({
    name: 'provisioning.findGroups',
    summary: 'Teams that were provisioned, by filter and page',
    method: 'GET',
    path: '/Groups',
    input: findInput,
    output: answerSchema,
    handler: find,
  }),
  'provisioning.searchGroups': defineQuery({
    name: 'provisioning.searchGroups',
    summary: 'Teams that were provisioned, by a search that is sent as a body',
    method: 'POST',
    path: '/Groups/.search',
    input: searchInput,
    output: answerSchema,
    handler: async (context, input: z.output<typeof searchInput>) => find(context, searchParameters(input)),
  }),
  'provisioning.getGroup': defineQuery({
    name: 'provisioning.getGroup',
    summary: 'One team that was provisioned',
    method: 'GET',
    path: '/Groups/{id}',
    input: getInput,
    output: answerSchema,
    handler: async (context, { id, base, ...wanted }) =>
      await answerOf(context, id, { base, projection: projectionOf(wanted) }),
  }),
  'provisioning.createGroup': createGroup,
  'provisioning.replaceGroup': replaceGroup,
  'provisioning.patchGroup': patchGroup,
  'provisioning.removeGroup': removeGroup,
}
