import { z } from 'zod'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { containing } from '@/lib/registry/filters'
import { defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { actorKinds, auditFilterShape } from './filter'
import { lookedUp } from './found'
import { countEvents, type EventRow, findAccounts, findEvent, findEvents } from './list-store'
import { doors } from './model'
import { keysNamed, type Names } from './naming'
import { namesOfPeopleAndTeams, namesOfSubjects } from './naming-store'

const countedMax = 10_000
const changesShown = 100
const accountsMax = 20

const storedJson = z.unknown().pipe(z.json()).describe('null for none')

/** One change: who did what to what, when, why and through which door, with the fields that changed before and after. */
const auditEventSchema = z.object({
  id: z.uuid(),
  sequence: z.number().int(),
  change: z.number().int().describe('In a history, which change of the event this is; 0 for the event as a whole'),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(actorKinds), id: z.uuid().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({
    type: z.string(),
    id: z.string(),
    name: z.string().nullable().describe('What it is called by now; null when it is gone or is no single record'),
    page: z.object({ type: z.string(), slug: z.string() }).nullable().describe('Of what kind and which its page is'),
  }),
  before: storedJson,
  after: storedJson,
  reason: z.string().nullable(),
  door: z.enum(doors).nullable().describe('Through which door it came; null before doors were noted'),
  requestId: z.string(),
  names: z
    .object({ people: z.record(z.string(), z.string()), teams: z.record(z.string(), z.string()) })
    .describe('What the people and teams that before and after name are called by now'),
})
export type AuditEventView = z.infer<typeof auditEventSchema>

type Context = Parameters<typeof namesOfSubjects>[0]

/** The events with the names of what they are about. */
async function told(db: Context, rows: readonly EventRow[]): Promise<AuditEventView[]> {
  const keys = { people: new Set<string>(), teams: new Set<string>() }
  for (const { before, after } of rows) for (const side of [before, after]) keysNamed(side, keys)
  const [subjects, names] = await Promise.all([
    namesOfSubjects(
      db,
      rows.map(({ subjectType: type, subjectId: id }) => ({ type, id })),
    ),
    namesOfPeopleAndTeams(db, [...keys.people], [...keys.teams]),
  ])
  return rows.map(({ actorKind, actorId, actorName, subjectType, subjectId, ...row }) => ({
    ...row,
    actor: { kind: actorKind, id: actorId, name: actorName ?? 'Somebody whose name was erased' },
    subject: {
      type: subjectType,
      id: subjectId,
      ...(subjects.get(`${subjectType}:${subjectId}`) ?? { name: null, page: null }),
    },
    names: namesIn(row, names),
  }))
}

function namesIn({ before, after }: Pick<EventRow, 'before' | 'after'>, names: Names): Names {
  const keys = { people: new Set<string>(), teams: new Set<string>() }
  for (const side of [before, after]) keysNamed(side, keys)
  const some = (kind: keyof Names) =>
    Object.fromEntries(
      [...keys[kind]].flatMap((key) => {
        const name = names[kind][key]
        return name === undefined ? [] : [[key, name] as const]
      }),
    )
  return { people: some('people'), teams: some('teams') }
}

const listAudit = defineQuery({
  name: 'audit.list',
  summary:
    'Changes, newest first: all, those of one thing with what belongs to it, or narrowed by who, what, when and how',
  method: 'GET',
  path: '/audit',
  input: z.strictObject({
    ...auditFilterShape,
    sort: z.enum(['-at', 'at']).default('-at').describe('The newest or the oldest first'),
    ...pageInput,
  }),
  output: pageOf(auditEventSchema),
  async handler({ db }, { cursor, limit, sort, ...filter }) {
    const list = listName('audit', { ...filter, sort })
    const page = { start: startOf(list, cursor), ascending: sort === 'at', limit: limit + 1 }
    const rows = await findEvents(db, await lookedUp(db, filter), page)
    const cut = cutPage(list, rows, limit, (row) => [row.at, row.sequence, row.change])
    return { ...cut, rows: await told(db, cut.rows) }
  },
})

const countAudit = defineQuery({
  name: 'audit.count',
  summary: 'How many changes a filter finds, counted up to 10,000',
  method: 'GET',
  path: '/audit/count',
  input: z.strictObject(auditFilterShape),
  output: z.object({ count: z.number().int(), more: z.boolean().describe('Whether there are more than were counted') }),
  async handler({ db }, filter) {
    const count = await countEvents(db, await lookedUp(db, filter), countedMax + 1)
    return { count: Math.min(count, countedMax), more: count > countedMax }
  },
})

const getAudit = defineQuery({
  name: 'audit.get',
  summary: 'One change with the first of the records that it changed',
  method: 'GET',
  path: '/audit/{id}',
  input: z.strictObject({ id: z.uuid() }),
  output: auditEventSchema.extend({
    changes: z.array(auditEventSchema).describe(`The first ${changesShown} records of those that it changed together`),
    moreChanges: z.boolean(),
  }),
  async handler({ db }, { id }) {
    const one = await findEvent(db, id, changesShown + 1)
    if (!one) throw notFound('The event')
    const [event, ...changes] = await told(db, [one.event, ...one.changes.slice(0, changesShown)])
    if (!event) throw notFound('The event')
    return { ...event, changes, moreChanges: one.changes.length > changesShown }
  },
})

const listActors = defineQuery({
  name: 'audit.actors',
  summary: 'Accounts by a part of their name, to see what somebody did',
  method: 'GET',
  path: '/audit/actors',
  input: z.strictObject({ q: z.string().trim().max(200).default('') }),
  output: z.object({ rows: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  handler: async ({ db }, { q }) => ({ rows: await findAccounts(db, containing(q), accountsMax) }),
})

export const auditUseCases = {
  'audit.list': listAudit,
  'audit.count': countAudit,
  'audit.get': getAudit,
  'audit.actors': listActors,
}
