import { z } from 'zod'
import { commaList, cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { externalIdSchema } from '@/lib/registry/model'
import { findPerson, personNamed } from '@/lib/registry/references'
import { nestedMax } from '@/lib/registry/shapes'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { acceptSuccession } from './accept'
import { aboutOf, assertAsked, openAnswered } from './answered'
import { askInstead, decideSuccessions, teamsOf } from './decide-store'
import { candidatesFor } from './line-store'
import {
  declineInput,
  nameInput,
  type SuccessionView,
  successionPreviewSchema,
  successionSchema,
  successionStates,
} from './model'
import { openSuccessions } from './settle'
import { findLeft } from './settle-store'
import { findHeld, findSuccessions, namedOwnership, refsOf } from './store'

const listSuccessions = defineQuery({
  name: 'succession.list',
  summary: 'What people who left answered for, and who is asked to take it over',
  method: 'GET',
  path: '/successions',
  input: z.strictObject({
    leaver: externalIdSchema.optional().describe('External id of who left'),
    mine: z.enum(['true']).optional().describe('Only what you are asked'),
    state: commaList(z.enum(successionStates)).default(['open']),
    ...pageInput,
  }),
  output: pageOf(successionSchema),
  async handler({ db, actor }, { cursor, limit, ...filter }) {
    const list = listName('successions', { ...filter, ...(filter.mine && { of: actor.personId }) })
    if (filter.mine && actor.personId === null) return { rows: [], next: null }
    const candidateId = (filter.mine && actor.personId) || undefined
    const rows = await findSuccessions(
      db,
      { leaver: filter.leaver, candidateId, states: filter.state },
      limit + 1,
      startOf(list, cursor),
    )
    return cutPage(list, rows, limit, ({ leaver, id }) => [leaver.name, leaver.id, id])
  },
})

const previewSuccession = defineQuery({
  name: 'succession.preview',
  summary: 'What somebody answers for, and who would be asked to take it over if they left',
  method: 'GET',
  path: '/people/{person}/succession',
  input: z.strictObject({ person: externalIdSchema.describe('External id, or id') }),
  output: successionPreviewSchema,
  async handler(context, { person: key }) {
    const { db } = context
    const person = await findPerson(context, key)
    if (!person) throw notFound(`The person "${key}"`)
    const held = await findHeld(db, person.id, nestedMax + 1)
    const shown = held.slice(0, nestedMax)
    const candidates = await candidatesFor(db, shown)
    const refs = await refsOf(
      db,
      candidates.flatMap((candidate) => candidate?.personId ?? []),
    )
    const rows = shown.map(({ ownership, agent }, index) => {
      const candidate = candidates[index] ?? null
      return {
        ownership: namedOwnership(ownership),
        agent,
        candidate: (candidate && refs.get(candidate.personId)) ?? null,
        because: candidate?.because ?? null,
      }
    })
    return { rows, more: held.length > shown.length }
  },
})

const declineSuccession = defineCommand({
  name: 'succession.decline',
  summary: 'Decline to take over, with the reason; the next in line is asked',
  method: 'POST',
  path: '/successions/decline',
  input: declineInput,
  output: z.object({ successions: z.array(successionSchema).describe('Who is asked next') }),
  async handler(context, { successions, reason }) {
    const { db, actor, now } = context
    const rows = await openAnswered(context, successions)
    for (const row of rows) assertAsked(context, row, 'decline')
    const ids = rows.map(({ id }) => id)
    await decideSuccessions(db, ids, { state: 'declined', by: actor.name, at: now, note: reason })
    const leavers = rows.map(({ leaver }) => leaver.id)
    await openSuccessions(context, await findLeft(db, { people: leavers, agents: [], assignments: [] }))
    const open = await findSuccessions(db, { leaverIds: leavers, states: ['open'] }, nestedMax)
    const about = new Set(rows.map(aboutOf))
    return {
      output: { successions: open.filter((row) => about.has(aboutOf(row))) },
      event: {
        subjectType: 'succession',
        subjectId: ids.length === 1 ? String(ids[0]) : 'several',
        after: rows.map((row) => ({ id: row.id, about: aboutOf(row), from: row.leaver.externalId, state: 'declined' })),
        reason,
      },
    }
  },
})

/** Who may say who else is asked: a governance lead, the leaver's manager, a lead of the team that owns it. */
function assertMayName({ actor }: UseCaseContext, row: SuccessionView, teamId: string | undefined): void {
  if (actor.kind === 'system' || actor.role === 'admin' || actor.role === 'governance_lead') return
  if (actor.personId !== null && actor.personId === row.leaver.manager?.id) return
  if (teamId !== undefined && actor.leadOf.has(teamId)) return
  const who = row.leaver.manager ? `, ${row.leaver.manager.name}` : ''
  const lead = row.ownership ? ` or a lead of ${row.ownership.team.name}` : ''
  throw new DomainError('forbidden', `${aboutOf(row)}: only a governance lead${who}${lead} can ask somebody else.`)
}

const nameSuccessor = defineCommand({
  name: 'succession.name',
  summary: 'Ask somebody else to take over from somebody who left',
  method: 'POST',
  path: '/successions/name',
  input: nameInput,
  output: z.object({ successions: z.array(successionSchema) }),
  async handler(context, { successions, person: externalId, reason }) {
    const { db, actor } = context
    const rows = await openAnswered(context, successions)
    const ids = rows.map(({ id }) => id)
    const teams = await teamsOf(db, ids)
    for (const row of rows) assertMayName(context, row, teams.get(row.id))
    const person = await personNamed(context, 'person', externalId)
    if (person.status !== 'active') {
      const message = `${person.name} has left and cannot take anything over`
      throw new DomainError('refused', `${message}.`, { fields: [{ field: 'person', message }] })
    }
    const news = rows.filter(({ candidate }) => candidate?.id !== person.id)
    if (news.length === 0) throw new DomainError('conflict', `${person.name} is asked already; nothing changed.`)
    const asked = news.map(({ id }) => id)
    await askInstead(db, asked, person.id, `Named by ${actor.name}: ${reason}`)
    return {
      output: { successions: await findSuccessions(db, { ids }, ids.length) },
      event: {
        subjectType: 'succession',
        subjectId: asked.length === 1 ? String(asked[0]) : 'several',
        before: news.map((row) => ({ id: row.id, about: aboutOf(row), asked: row.candidate?.externalId ?? null })),
        after: news.map((row) => ({ id: row.id, about: aboutOf(row), asked: person.externalId })),
        reason,
      },
    }
  },
})

export const successionUseCases = {
  'succession.list': listSuccessions,
  'succession.preview': previewSuccession,
  'succession.accept': acceptSuccession,
  'succession.decline': declineSuccession,
  'succession.name': nameSuccessor,
}
