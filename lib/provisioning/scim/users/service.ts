import { isDeepStrictEqual } from 'node:util'
import { validate } from 'uuid'
import type { z } from 'zod'
import type { AuditEntry } from '@/lib/audit/model'
import { lockEstate, settle } from '@/lib/estate/settle'
import type { StoredPerson } from '@/lib/registry/people/store'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { noteDeparture, noteReturn } from '../../depart'
import { coerceResource } from '../coerce'
import { listResponse, presented, tagNamed } from '../messages'
import { patched } from '../patch'
import { type Projection, projected } from '../project'
import { ScimRefusal } from '../refusal'
import { type JsonObject, userType } from '../schema'
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
import { keyOf, type Said, saidBy } from './mapping'
import { adoptReports, fieldsOf, letGo, personKnownAs, personOf, registerPerson, writePerson } from './person'
import {
  deleteUser,
  findUsers,
  getUser,
  insertUser,
  isTaken,
  type StoredUser,
  showUser,
  type UserRow,
  updateUser,
} from './store'

async function find(context: UseCaseContext, input: FindInput) {
  const { base, startIndex } = input
  const { users, total } = await findUsers(context.db, base, searchOf(userType, input))
  const resources = users.map((user) => projected(userType, presented(userType, base, user), projectionOf(input)))
  return { body: listResponse({ total, startIndex, resources }) }
}

/** How a user is answered. */
interface Shown {
  base: string
  projection: Projection
}

async function answerOf({ db }: UseCaseContext, id: string, { base, projection }: Shown) {
  const user = validate(id) ? await showUser(db, base, id) : null
  if (!user) throw notFound(`The user "${id}"`)
  return { body: projected(userType, presented(userType, base, user), projection), version: user.version }
}

async function userCalled({ db }: UseCaseContext, id: string, ifMatch: string | undefined): Promise<StoredUser> {
  const user = validate(id) ? await getUser(db, id) : null
  if (!user) throw notFound(`The user "${id}"`)
  if (ifMatch !== undefined && !tagNamed(ifMatch, user.version))
    throw new DomainError('stale', `The user is at version ${user.version} now.`)
  return user
}

async function assertFree({ db }: UseCaseContext, { userName }: Said, exceptId: string | null): Promise<void> {
  if (await isTaken(db, keyOf(userName), exceptId))
    throw new ScimRefusal('uniqueness', `There is a user "${userName}" already.`, 'conflict')
}

const rowOf = (personId: string, said: Said, resource: JsonObject): UserRow => ({
  personId,
  userName: said.userName,
  userNameKey: keyOf(said.userName),
  externalId: said.externalId,
  display: said.name,
  managerKey: said.managerKey,
  active: said.active,
  resource: { ...resource, active: said.active },
})

/** What the registry makes of whether the provider says that somebody is there. */
async function statusAfter(context: UseCaseContext, person: StoredPerson, was: boolean, active: boolean) {
  if (was === active) return { status: undefined, held: false }
  if (active) return { status: (await noteReturn(context, person)) ? ('active' as const) : undefined, held: false }
  const departure = await noteDeparture(context, person, 'deactivated')
  return { status: departure === 'left' ? ('left' as const) : undefined, held: departure === 'held' }
}

const departureNote = (held: boolean) => (held ? { departure: 'held' } : {})

const createUser = defineCommand({
  name: 'provisioning.createUser',
  summary: 'Provision a person: register them, or take over who is there under the same name or address',
  method: 'POST',
  path: '/Users',
  input: createInput,
  output: answerSchema,
  async handler(context, { base, body, ...wanted }) {
    const resource = coerceResource(userType, body)
    const said = saidBy(resource, true)
    await lockEstate(context)
    await assertFree(context, said, null)
    const known = await personKnownAs(context, said)
    const person = known ?? (await registerPerson(context, said))
    const { status, held } = known
      ? await statusAfter(context, person, known.status === 'active', said.active)
      : { status: undefined, held: false }
    const { before, after } = await writePerson(context, person, { before: null, said, status })
    const id = context.newId()
    await insertUser(context.db, id, rowOf(person.id, said, resource), context.now)
    const reports = await adoptReports(context, person, [
      id,
      said.userName,
      keyOf(said.userName),
      said.externalId ?? id,
    ])
    await settle(context, { people: [person.id, ...reports.map((report) => report.id)] })
    const slug = person.externalId
    const changed = known
      ? { before: { slug, ...before }, after: { slug, ...after, ...departureNote(held) } }
      : { after: { slug, ...fieldsOf(await personOf(context, person.id)) } }
    return {
      output: await answerOf(context, id, { base, projection: projectionOf(wanted) }),
      event: { subjectType: 'person', subjectId: person.id, ...changed, ...changesOf(person, changed, reports) },
    }
  },
})

/** The records of an event that is about more than one person. */
function changesOf(
  person: StoredPerson,
  own: Pick<AuditEntry, 'before' | 'after'>,
  reports: readonly StoredPerson[],
): Pick<AuditEntry, 'changes'> {
  if (reports.length === 0) return {}
  const others = reports.map((report) => ({
    subjectType: 'person',
    subjectId: report.id,
    before: { slug: report.externalId, manager: null },
    after: { slug: report.externalId, manager: person.externalId },
  }))
  return { changes: [{ subjectType: 'person', subjectId: person.id, ...own }, ...others] }
}

/** Writes what a user has become, and what follows for the person. Under the estate lock. */
async function change(context: UseCaseContext, user: StoredUser, next: JsonObject, shown: Shown) {
  const said = saidBy(next, user.active)
  const row = rowOf(user.personId, said, next)
  if (isDeepStrictEqual(row.resource, user.resource)) throw new Unchanged(await answerOf(context, user.id, shown))
  await assertFree(context, said, user.id)
  const person = await personOf(context, user.personId)
  const saidBefore = saidBy(user.resource, user.active)
  const { status, held } = await statusAfter(context, person, user.active, said.active)
  await updateUser(context.db, user, row, context.now)
  const { before, after } = await writePerson(context, person, { before: saidBefore, said, status })
  await settle(context, { people: [person.id] })
  const slug = person.externalId
  // Values of other attributes are nobody's business in a log; that they changed is.
  const attributes = namesThatDiffer(user.resource, row.resource)
  return {
    output: await answerOf(context, user.id, shown),
    event: {
      subjectType: 'person',
      subjectId: person.id,
      before: { slug, ...before },
      after: { slug, ...after, attributes, ...departureNote(held) },
    },
  }
}

const namesThatDiffer = (one: JsonObject, other: JsonObject): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => !isDeepStrictEqual(one[name], other[name]))
    .sort()

const replaceUser = defineCommand({
  name: 'provisioning.replaceUser',
  summary: 'Say anew all that the identity provider says of a person',
  method: 'PUT',
  path: '/Users/{id}',
  input: changeInput,
  output: answerSchema,
  async handler(context, { base, id, body, ifMatch, ...wanted }) {
    const next = coerceResource(userType, body)
    await lockEstate(context)
    const user = await userCalled(context, id, ifMatch)
    return await change(context, user, next, { base, projection: projectionOf(wanted) })
  },
})

const patchUser = defineCommand({
  name: 'provisioning.patchUser',
  summary: 'Change some of what the identity provider says of a person, or that they have left or come back',
  method: 'PATCH',
  path: '/Users/{id}',
  input: changeInput,
  output: answerSchema,
  async handler(context, { base, id, body, ifMatch, ...wanted }) {
    await lockEstate(context)
    const user = await userCalled(context, id, ifMatch)
    const next = patched(userType, user.resource, body)
    return await change(context, user, next, { base, projection: projectionOf(wanted) })
  },
})

const removeUser = defineCommand({
  name: 'provisioning.removeUser',
  summary: 'Forget what the identity provider said of a person, who thereby has left',
  method: 'DELETE',
  path: '/Users/{id}',
  input: removeInput,
  output: answerSchema,
  async handler(context, { id, ifMatch }) {
    await lockEstate(context)
    const user = await userCalled(context, id, ifMatch)
    const person = await personOf(context, user.personId)
    const departure = user.active ? await noteDeparture(context, person, 'removed') : 'known'
    await deleteUser(context.db, user.id)
    const { before, after } = departure === 'left' ? await letGo(context, person) : { before: {}, after: {} }
    await settle(context, { people: [person.id] })
    const slug = person.externalId
    return {
      output: { body: {} },
      event: {
        subjectType: 'person',
        subjectId: person.id,
        before: { slug, provisioned: true, ...before },
        after: { slug, provisioned: false, ...after, ...departureNote(departure === 'held') },
      },
    }
  },
})

export const userUseCases = {
  'provisioning.findUsers': defineQuery({
    name: 'provisioning.findUsers',
    summary: 'People that were provisioned, by filter and page',
    method: 'GET',
    path: '/Users',
    input: findInput,
    output: answerSchema,
    handler: find,
  }),
  'provisioning.searchUsers': defineQuery({
    name: 'provisioning.searchUsers',
    summary: 'People that were provisioned, by a search that is sent as a body',
    method: 'POST',
    path: '/Users/.search',
    input: searchInput,
    output: answerSchema,
    handler: async (context, input: z.output<typeof searchInput>) => find(context, searchParameters(input)),
  }),
  'provisioning.getUser': defineQuery({
    name: 'provisioning.getUser',
    summary: 'One person that was provisioned',
    method: 'GET',
    path: '/Users/{id}',
    input: getInput,
    output: answerSchema,
    handler: async (context, { id, base, ...wanted }) =>
      await answerOf(context, id, { base, projection: projectionOf(wanted) }),
  }),
  'provisioning.createUser': createUser,
  'provisioning.replaceUser': replaceUser,
  'provisioning.patchUser': patchUser,
  'provisioning.removeUser': removeUser,
}
