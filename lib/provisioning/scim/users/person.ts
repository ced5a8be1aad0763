import { type Changes, defined, type Fields, type WantedFields } from '@/lib/registry/changes'
import { getPerson, isInLineAbove, type StoredPerson } from '@/lib/registry/people/store'
import { claimSlug } from '@/lib/registry/slug'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { ScimRefusal } from '../refusal'
import type { Said } from './mapping'
import { findUnclaimed, personOfKey, waitingFor } from './store'

const waitingMax = 500

/** The person behind a user. */
export async function personOf(context: UseCaseContext, id: string): Promise<StoredPerson> {
  const person = await getPerson(context.db, id)
  if (!person) throw notFound('The person')
  return person
}

/** The fields of a person that a provider says something of, as the audit log names them. */
export const fieldsOf = ({ name, email, timeZone, status, manager }: StoredPerson): Fields => ({
  ...{ name, email, timeZone, status },
  manager: manager?.externalId ?? null,
})

/**
 * The person whom a new user is, when the registry knows them already, from another source or by hand: by the external id, or
 * by an address that no other person has.
 * @throws ScimRefusal `uniqueness` when several people have the address.
 */
export async function personKnownAs(context: UseCaseContext, said: Said): Promise<StoredPerson | null> {
  const names = [said.userName, ...(said.externalId ? [said.externalId] : [])]
  const emails = [said.userName.toLowerCase(), ...(said.email ? [said.email.toLowerCase()] : [])]
  const [id, other] = await findUnclaimed(context.db, { names, emails })
  if (!id) return null
  const person = await personOf(context, id)
  if (other && !names.includes(person.externalId)) {
    throw new ScimRefusal(
      'uniqueness',
      `Several people of the registry have the address of ${said.userName}; leave it with one of them.`,
      'conflict',
    )
  }
  return person
}

/** Registers the person whom a new user is. */
export async function registerPerson(context: UseCaseContext, said: Said): Promise<StoredPerson> {
  // Addresses stand in what can be erased, and this name in what cannot: only what comes before the @ is of use.
  const name = said.userName.split('@')[0] || said.name
  const externalId = await claimSlug(context, 'person', { name, slug: undefined })
  const { id } = await context.db.prisma.person.create({
    data: {
      id: context.newId(),
      externalId,
      name: said.name,
      email: said.email,
      timeZone: said.timeZone,
      status: said.active ? 'active' : 'left',
      source: 'scim',
      lastSeenAt: context.now,
      createdAt: context.now,
      updatedAt: context.now,
    },
  })
  return await personOf(context, id)
}

/** The manager as the provider says, as far as the person can be found and does not report to this one; undefined to leave it. */
async function managerFor(context: UseCaseContext, person: StoredPerson, key: string | null) {
  if (key === null) return null
  const id = await personOfKey(context.db, key)
  if (id === null || (await isInLineAbove(context.db, person.id, id))) return undefined
  return await personOf(context, id)
}

/** What is said now and was not before; nothing of what the provider never said anything about. */
const news = <Field extends keyof Said>(before: Said | null, said: Said, field: Field): Said[Field] | undefined =>
  said[field] === (before?.[field] ?? null) ? undefined : said[field]

/**
 * Brings the person in line with what the provider says by now, `status` as decided. What somebody has edited here stays, and
 * so does what the provider says as before: another source may know better since.
 */
export async function writePerson(
  context: UseCaseContext,
  person: StoredPerson,
  { before, said, status }: { before: Said | null; said: Said; status: 'active' | 'left' | undefined },
): Promise<Pick<Changes, 'before' | 'after'>> {
  const key = news(before, said, 'managerKey')
  const manager = key === undefined ? undefined : await managerFor(context, person, key)
  const wanted: WantedFields = {
    name: news(before, said, 'name'),
    email: news(before, said, 'email'),
    timeZone: news(before, said, 'timeZone'),
    manager: manager === null ? null : manager?.externalId,
  }
  for (const field of person.editedFields) if (field in wanted) wanted[field] = undefined
  const changes = differences(fieldsOf(person), { ...wanted, status })
  const { manager: managerChange, ...columns } = changes.after
  const managerId = managerChange === undefined ? undefined : (manager?.id ?? null)
  await updatePerson(context, person, { ...defined({ ...columns, managerId }) })
  return changes
}

/** Writes columns of a person, and that the provider has named them again. */
async function updatePerson(
  { db, now }: UseCaseContext,
  { id, version }: StoredPerson,
  columns: object,
): Promise<void> {
  const stamps = Object.keys(columns).length > 0 ? { version: version + 1, updatedAt: now } : {}
  await db.prisma.person.update({
    where: { id },
    data: { ...columns, ...stamps, lastSeenAt: now },
    select: { id: true },
  })
}

/** Notes that a person has left. */
export async function letGo(context: UseCaseContext, person: StoredPerson): Promise<Pick<Changes, 'before' | 'after'>> {
  await updatePerson(context, person, { status: 'left' })
  return { before: { status: person.status }, after: { status: 'left' } }
}

/** What differs; empty when nothing does. */
export function differences(present: Fields, wanted: WantedFields): Pick<Changes, 'before' | 'after'> {
  const changes: Pick<Changes, 'before' | 'after'> = { before: {}, after: {} }
  for (const [field, value] of Object.entries(wanted)) {
    const was = present[field] ?? null
    if (value === undefined || was === value) continue
    changes.before[field] = was
    changes.after[field] = value
  }
  return changes
}

/** Gives people whose provider named a manager before anybody knew them that manager. @returns who has one now. */
export async function adoptReports(context: UseCaseContext, manager: StoredPerson, keys: readonly string[]) {
  const adopted: StoredPerson[] = []
  for (const id of await waitingFor(context.db, keys, waitingMax)) {
    if (await isInLineAbove(context.db, id, manager.id)) continue
    const report = await personOf(context, id)
    await context.db.prisma.person.update({
      where: { id },
      data: { managerId: manager.id, version: report.version + 1, updatedAt: context.now },
      select: { id: true },
    })
    adopted.push(report)
  }
  return adopted
}
