import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith, type Fields } from '../changes'
import { type MembershipRole, slugSchema } from '../model'
import { personNamed } from '../references'
import { savedSchema } from '../shapes'
import { claimSlug } from '../slug'
import { assertFresh } from '../stale'
import { createTeamInput, listTeamsInput, teamDetailSchema, teamRowSchema, updateTeamInput } from './model'
import { mayEditTeam } from './rights'
import { describeTeam, findTeams, getTeam, type Member, membersOf, replaceMembers, type StoredTeam } from './store'

async function teamCalled(context: UseCaseContext, slug: string): Promise<StoredTeam> {
  const team = await getTeam(context.db, slug)
  if (!team) throw notFound(`The team "${slug}"`)
  return team
}

/** The editable fields as an edit names them. */
function fieldsOf(team: StoredTeam, members: readonly Member[]): Fields {
  const { name, function: teamFunction, status, contact } = team
  return { name, function: teamFunction, status, contact, members: memberFields(members) }
}

/** Members as an edit names them; in one order, so that two lists of the same people are equal. */
function memberFields(members: readonly Member[]) {
  const sorted = [...members].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  return sorted.map(({ externalId, role }) => ({ person: externalId, role }))
}

async function membersNamed(
  context: UseCaseContext,
  wanted: readonly { person: string; role: MembershipRole }[],
): Promise<Member[]> {
  const members: Member[] = []
  for (const [index, { person: key, role }] of wanted.entries()) {
    const person = await personNamed(context, `members[${index}].person`, key)
    members.push({ personId: person.id, externalId: person.externalId, role })
  }
  if (new Set(members.map((member) => member.personId)).size < members.length) {
    throw new DomainError('invalid_input', 'members: Names somebody twice.', {
      fields: [{ field: 'members', message: 'Names somebody twice' }],
    })
  }
  return members
}

/** People who joined, left, or changed their role: whoever hangs on their standing has to be looked at again. */
function movedMembers(before: readonly Member[], after: readonly Member[]): string[] {
  const roles = new Map(before.map((member) => [member.personId, member.role]))
  const stayed = new Set(
    after.filter((member) => roles.get(member.personId) === member.role).map((member) => member.personId),
  )
  return [...new Set([...before, ...after].map((member) => member.personId))].filter((id) => !stayed.has(id))
}

const listTeams = defineQuery({
  name: 'teams.list',
  summary: 'Teams by name',
  method: 'GET',
  path: '/teams',
  input: listTeamsInput,
  output: pageOf(teamRowSchema),
  handler: ({ db }, input) => findTeams(db, input),
})

const getOneTeam = defineQuery({
  name: 'teams.get',
  summary: 'One team with its members, assignments and enforcement points',
  method: 'GET',
  path: '/teams/{slug}',
  input: z.strictObject({ slug: slugSchema }),
  output: teamDetailSchema,
  handler: async (context, { slug }) => describeTeam(context.db, await teamCalled(context, slug)),
})

const createTeam = defineCommand({
  name: 'teams.create',
  summary: 'Register a team',
  method: 'POST',
  path: '/teams',
  input: createTeamInput,
  output: savedSchema,
  async handler(context, { slug: wantedSlug, members: wantedMembers, name, contact, reason, ...rest }) {
    await lockEstate(context)
    const slug = await claimSlug(context, 'team', { name, slug: wantedSlug })
    const members = await membersNamed(context, wantedMembers ?? [])
    const { id } = await context.db.prisma.team.create({
      data: {
        id: context.newId(),
        slug,
        name,
        ...rest,
        contact: contact ?? null,
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    await replaceMembers(context.db, id, members)
    await settle(context, { teams: [id], people: members.map((member) => member.personId) })
    const after = { slug, ...fieldsOf(await teamCalled(context, slug), members) }
    return {
      output: { id, slug, version: 1 },
      event: { subjectType: 'team', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

const updateTeam = defineCommand({
  name: 'teams.update',
  summary: 'Edit, dissolve or restore a team; its lead may change the contact',
  method: 'PATCH',
  path: '/teams/{slug}',
  input: updateTeamInput,
  output: savedSchema,
  async handler(context, { slug, version, reason, members: wantedMembers, ...rest }) {
    await lockEstate(context)
    const team = await teamCalled(context, slug)
    const named = Object.keys(defined({ ...rest, members: wantedMembers }))
    const verdict = mayEditTeam(context.actor, team, named)
    if (verdict !== true) throw new DomainError('forbidden', verdict)
    await assertFresh(context, { type: 'team', ...team }, version)
    const present = await membersOf(context.db, team.id)
    const members = wantedMembers && (await membersNamed(context, wantedMembers))
    const changes = changesBetween(fieldsOf(team, present), { ...rest, members: members && memberFields(members) })
    if (members) await replaceMembers(context.db, team.id, members)
    await context.db.prisma.team.update({
      where: { id: team.id },
      data: {
        ...defined(rest),
        editedFields: editedWith(team.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { teams: [team.id], people: members ? movedMembers(present, members) : [] })
    return {
      output: { id: team.id, slug, version: version + 1 },
      event: editEntry({ type: 'team', id: team.id, slug }, changes, reason),
    }
  },
})

export const teamUseCases = {
  'teams.list': listTeams,
  'teams.get': getOneTeam,
  'teams.create': createTeam,
  'teams.update': updateTeam,
}
