import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith, type Fields } from '../changes'
import { externalIdSchema } from '../model'
import { findPerson, optional, personNamed } from '../references'
import { claimSlug } from '../slug'
import { assertFresh } from '../stale'
import {
  createPersonInput,
  listPeopleInput,
  personDetailSchema,
  personRowSchema,
  savedPersonSchema,
  updatePersonInput,
} from './model'
import { describePerson, findPeople, getPerson, isInLineAbove, type StoredPerson } from './store'

async function personCalled(context: UseCaseContext, key: string): Promise<StoredPerson> {
  const found = await findPerson(context, key)
  const person = found && (await getPerson(context.db, found.id))
  if (!person) throw notFound(`The person "${key}"`)
  return person
}

/** The editable fields as an edit names them. */
function fieldsOf(person: StoredPerson): Fields {
  const { name, email, timeZone, status, manager } = person
  return { name, email, timeZone, status, manager: manager?.externalId ?? null }
}

/** @throws DomainError `refused` when the managers would form a cycle. */
async function assertNoCycle(context: UseCaseContext, person: StoredPerson, managerId: string): Promise<void> {
  if (!(await isInLineAbove(context.db, person.id, managerId))) return
  const message =
    person.id === managerId
      ? 'Nobody is their own manager'
      : `This manager reports to ${person.name}, directly or through others`
  throw new DomainError('refused', `${message}.`, { fields: [{ field: 'manager', message }] })
}

const listPeople = defineQuery({
  name: 'people.list',
  summary: 'People by name',
  method: 'GET',
  path: '/people',
  input: listPeopleInput,
  output: pageOf(personRowSchema),
  handler: ({ db }, input) => findPeople(db, input),
})

const getOnePerson = defineQuery({
  name: 'people.get',
  summary: 'One person with their teams, reports, agents and layers',
  method: 'GET',
  path: '/people/{person}',
  input: z.strictObject({ person: externalIdSchema.describe('External id, or id') }),
  output: personDetailSchema,
  handler: async (context, { person }) => describePerson(context.db, await personCalled(context, person)),
})

const createPerson = defineCommand({
  name: 'people.create',
  summary: 'Register a person',
  method: 'POST',
  path: '/people',
  input: createPersonInput,
  output: savedPersonSchema,
  async handler(context, { externalId: wantedId, name, email, timeZone, manager: managerKey, reason }) {
    await lockEstate(context)
    const externalId = await claimSlug(context, 'person', { name, slug: wantedId })
    const manager = await optional(managerKey, (key) => personNamed(context, 'manager', key))
    const { id } = await context.db.prisma.person.create({
      data: {
        id: context.newId(),
        externalId,
        name,
        email: email ?? null,
        timeZone: timeZone ?? null,
        managerId: manager?.id ?? null,
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    await settle(context, { people: [id] })
    const after = { externalId, ...fieldsOf(await personCalled(context, externalId)) }
    return {
      output: { id, externalId, version: 1 },
      event: { subjectType: 'person', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

const updatePerson = defineCommand({
  name: 'people.update',
  summary: 'Edit a person, or note that they left or came back',
  method: 'PATCH',
  path: '/people/{person}',
  input: updatePersonInput,
  output: savedPersonSchema,
  async handler(context, { person: key, version, reason, manager: managerKey, ...rest }) {
    await lockEstate(context)
    const person = await personCalled(context, key)
    await assertFresh(context, { type: 'person', ...person }, version)
    const manager = await optional(managerKey, (named) => personNamed(context, 'manager', named))
    if (manager?.id) await assertNoCycle(context, person, manager.id)
    const changes = changesBetween(fieldsOf(person), { ...rest, manager: manager?.externalId })
    await context.db.prisma.person.update({
      where: { id: person.id },
      data: {
        ...defined({ ...rest, managerId: manager?.id }),
        editedFields: editedWith(person.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { people: [person.id] })
    const { id, externalId } = person
    return {
      output: { id, externalId, version: version + 1 },
      event: editEntry({ type: 'person', id, slug: externalId }, changes, reason),
    }
  },
})

export const peopleUseCases = {
  'people.list': listPeople,
  'people.get': getOnePerson,
  'people.create': createPerson,
  'people.update': updatePerson,
}
