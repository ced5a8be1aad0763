import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import { changesBetween, editEntry, editedWith } from '@/lib/registry/changes'
import { getPerson } from '@/lib/registry/people/store'
import { personRefSchema, teamRefSchema } from '@/lib/registry/shapes'
import { timeZoneSchema } from '@/lib/time/calendar'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { roles, tokenScopes } from './model'
import { type PermissionName, permissions } from './permissions'
import { allowedTo } from './tokens/issue'

const names = Object.keys(permissions) as [PermissionName, ...PermissionName[]]

const getMe = defineQuery({
  name: 'me.get',
  summary: 'Who you are, and what you may do',
  method: 'GET',
  path: '/me',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({
    kind: z.enum(['account', 'token', 'system']),
    id: z.uuid().nullable(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
    person: personRefSchema.nullable(),
    leadOf: z.array(teamRefSchema).describe('Active teams you lead'),
    scopes: z.array(z.enum(tokenScopes)).nullable().describe('Scopes of the token; null for a session'),
    mayRun: z.array(z.enum(names)).describe('Operations open to you; some look at the very subject as well'),
  }),
  async handler({ db, actor }) {
    const [account, person, leadOf] = await Promise.all([
      actor.id === null ? null : db.prisma.account.findUnique({ where: { id: actor.id }, select: { email: true } }),
      actor.personId === null
        ? null
        : db.prisma.person.findUnique({
            where: { id: actor.personId },
            select: { id: true, externalId: true, name: true, status: true },
          }),
      db.prisma.team.findMany({
        where: { id: { in: [...actor.leadOf] } },
        select: { id: true, slug: true, name: true, function: true, status: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),
    ])
    const { kind, id, name, role, scopes } = actor
    return {
      kind,
      id,
      name,
      email: account?.email ?? null,
      role,
      person,
      leadOf,
      scopes: scopes && [...scopes],
      mayRun: allowedTo(actor),
    }
  },
})

const setTimeZone = defineCommand({
  name: 'me.setTimeZone',
  summary: 'Say where your days end and your mail comes in the morning',
  method: 'PUT',
  path: '/me/time-zone',
  input: z.strictObject({
    timeZone: timeZoneSchema.nullable().describe('IANA name; null for that of the organisation'),
  }),
  output: z.object({ timeZone: z.string().nullable() }),
  async handler(context, { timeZone }) {
    const { db, actor, now } = context
    await lockEstate(context)
    const person = actor.personId && (await getPerson(db, actor.personId))
    if (!person) throw new DomainError('refused', 'Your account belongs to no person of the registry.')
    const changes = changesBetween({ timeZone: person.timeZone }, { timeZone })
    const { id, externalId: slug, version, editedFields } = person
    await db.prisma.person.update({
      where: { id },
      data: {
        timeZone,
        version: version + 1,
        updatedAt: now,
        editedFields: editedWith(editedFields, changes.fields),
      },
      select: { id: true },
    })
    return { output: { timeZone }, event: editEntry({ type: 'person', id, slug }, changes, undefined) }
  },
})

export const meUseCases = { 'me.get': getMe, 'me.setTimeZone': setTimeZone }
