import { z } from 'zod'
import { personRefSchema, teamRefSchema } from '@/lib/registry/shapes'
import { defineQuery } from '@/lib/use-cases/define'
import { roles, tokenScopes } from './model'
import { type PermissionName, permissions } from './permissions'
import { allowedTo } from './token-service'

const names = Object.keys(permissions) as [PermissionName, ...PermissionName[]]

const getMe = defineQuery({
  name: 'me.get',
  summary: 'Who you are, and what you may do',
  method: 'GET',
  path: '/me',
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

export const meUseCases = { 'me.get': getMe }
