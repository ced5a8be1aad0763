import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordFrom } from '@/lib/db/past'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.wait((Date.now() - registry.now().getTime()) / 1000)
})
afterAll(() => registry.drop())

const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await registry.database.pool.query<Row>(statement, values)).rows

/** Columns that hold texts, of the tables of a schema. */
const texts = (schemas: string) =>
  rows<{ at: string; type: string }>(`
    SELECT format('%I.%I.%I', table_schema, table_name, column_name) AS at, data_type AS type
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND table_schema IN (${schemas}) AND data_type IN ('text', 'jsonb', 'ARRAY')
    ORDER BY 1`)

/** Where a name stands. */
async function placesOf(pattern: string): Promise<string[]> {
  const found: string[] = []
  for (const { at } of await texts(`'history', 'public'`)) {
    const [schema, table, column] = at.split('.')
    const hits = await rows(`SELECT FROM ${schema}.${table} WHERE ${column}::text ~* $1 LIMIT 1`, [pattern])
    if (hits.length > 0) found.push(at)
  }
  return found
}

/** Fills a column of a row of the past, which no command could for each of them here. */
const keep = (table: string, values: Record<string, unknown>) => {
  const columns = Object.keys(values)
  return rows(
    `INSERT INTO history.${table} (recorded_at, recorded_until, ${columns.map((name) => `"${name}"`).join(', ')})
     VALUES (now() - interval '1 hour', now(), ${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(values),
  )
}

/** A person with earlier names, whom everything names that can. */
async function nameEverywhere() {
  const { run, database } = registry
  const person = await run(useCases['people.create'], { name: 'Zoltan Oldname', email: 'zoltan@oldname.example' })
  const namesake = await run(useCases['people.create'], { name: 'Zoltan Quibble', externalId: 'namesake' })
  const accountId = v7()
  await database.prisma.account.create({
    data: {
      ...{ id: accountId, email: 'z.quibble@example.org', name: 'Zoltan Quibble', role: 'governance_lead' },
      ...{ personId: person.id, passwordHash: 'x', createdAt: registry.now() },
    },
  })
  registry.wait(60)
  registry.become(actorWith('governance_lead', { id: accountId, name: 'Zoltan Quibble' }))
  await run(useCases['people.update'], {
    ...{ person: person.externalId, version: 1, name: 'Zoltan Quibble', email: 'z.quibble@example.org' },
  })
  await run(useCases['teams.create'], {
    ...{ slug: 'iam', name: 'IAM', function: 'iam', contact: 'Z.Quibble@example.org' },
    members: [{ person: person.externalId, role: 'lead' }],
  })
  await run(useCases['agents.create'], { slug: 'bot', name: 'Bot', purpose: 'Answers for Zoltan Quibble' })
  const target = { layer: 'identity', scope: 'agent', subject: 'bot' } as const
  const assignment = { targets: [target], team: 'iam' }
  await run(useCases['assignments.create'], { ...assignment, reason: 'Agreed with zoltan quibble in March' })
  const types = new Map((await texts(`'history'`)).map(({ at, type }) => [at.replaceAll('"', ''), type]))
  for (const { governed, col } of await rows<{ governed: string; col: string }>(
    `SELECT governed::text, col::text FROM history.personal_columns() WHERE governed <> 'person'`,
  )) {
    const isJson = types.get(`history.${governed}.${col}`) === 'jsonb'
    await keep(governed, { [col]: isJson ? '{"a": [1, "Ask Zoltan Quibble"], "b": "c"}' : 'Zoltan Quibble' })
  }
  await keep('review_decision', { person_id: namesake.id, person_name: 'Zoltan Quibble', comment: 'Fine' })
  return { person, namesake }
}

it('takes a person out of what was and what is, and leaves everything else as it was', async () => {
  const { person, namesake } = await nameEverywhere()
  const { run, database } = registry
  registry.wait(60)
  const then = registry.now()
  registry.wait(60)
  registry.become(actorWith('admin', { name: 'Leila Haddad' }))
  const { version } = await run(useCases['people.get'], { person: person.id })
  await run(useCases['people.update'], { person: person.id, version, status: 'left' })
  const seen = () =>
    database.past(then, async ({ prisma }) => ({
      people: await prisma.person.findMany({ where: { id: { not: person.id } } }),
      person: await prisma.person.findUniqueOrThrow({ where: { id: person.id } }),
      teams: await prisma.team.count(),
      assignments: await prisma.assignment.findMany({ omit: { setBy: true, reason: true, decidedBy: true } }),
    }))
  /** A row of the past more, or an instant that has moved, would show. */
  const instants = () =>
    rows(
      `SELECT recorded_at, recorded_until, version, status FROM history.person WHERE id = $1
       UNION ALL SELECT recorded_at, NULL, version, status FROM person WHERE id = $1
       UNION ALL SELECT recorded_at, NULL, version, NULL FROM assignment
       UNION ALL SELECT recorded_at, recorded_until, version, NULL FROM history.assignment ORDER BY 1, 2, 3`,
      [person.id],
    )
  const [before, since] = [await seen(), await instants()]
  expect(before.person).toMatchObject({ name: 'Zoltan Quibble', status: 'active' })

  registry.wait(60)
  const { rows: changed } = await run(useCases['people.erase'], { person: person.externalId })
  expect(changed).toBeGreaterThan(40)
  const gone = { externalId: `erased-${person.id}`, name: '(erased)', email: null }
  expect(await run(useCases['people.get'], { person: person.id })).toMatchObject(gone)
  expect(await seen()).toEqual({ ...before, person: { ...before.person, ...gone } })
  expect(await instants()).toEqual(since)
  expect(await rows(`SELECT value FROM history.setting WHERE value IS NOT NULL`)).toEqual([
    { value: { a: [1, '(erased)'], b: 'c' } },
  ])

  // How the sources called them is in events for good: leaves of the log are over it, as over any id.
  expect(await placesOf('oldname')).toEqual(['public.audit_event.after', 'public.audit_event.before'])
  // Their account stays until somebody changes it; somebody else is called the same; and events hold what an agent is
  // for in the clear.
  expect(await placesOf('quibble@')).toEqual(['public.account.email'])
  expect(await placesOf('zoltan')).toEqual([
    'history.review_decision.person_name',
    'public.account.name',
    'public.audit_event.after',
    'public.audit_event.before',
    'public.person.name',
  ])
  const others = `SELECT person_id FROM history.review_decision WHERE person_name ~ 'Zoltan'`
  expect(await rows(others)).toEqual([{ person_id: namesake.id }])
  expect((await run(useCases['people.erase'], { person: person.id })).rows).toBe(0)
})

it('lets nobody else change the past, nor put anything in the place of what is erased', async () => {
  const { database } = registry
  await keep('team', { name: 'Platform', contact: 'somebody@example.org' })
  const under = (statement: string) =>
    database.transaction(async (db) => {
      await db.query(recordFrom(registry.now()))
      await db.prisma.$executeRawUnsafe(`SET LOCAL pentarch.erasing = 'yes'`)
      return await db.prisma.$executeRawUnsafe(statement)
    })
  for (const statement of [
    `UPDATE history.team SET contact = '(erased)'`,
    `UPDATE history.person SET recorded_until = now() WHERE false`,
    'DELETE FROM history.team',
  ])
    await expect(database.pool.query(statement)).rejects.toThrow(/refused/)
  for (const statement of [
    `UPDATE history.team SET contact = 'somebody.else@example.org'`,
    `UPDATE history.team SET name = '(erased)'`,
    `UPDATE history.team SET recorded_until = recorded_until + interval '1 day'`,
    `UPDATE history.setting SET value = '{"a": [1], "b": "c"}'`,
    'DELETE FROM history.team',
  ])
    await expect(under(statement), statement).rejects.toThrow(/refused/)
  // Of present rows, whatever is no erasure goes into history as ever.
  const kept = async () => (await rows(`SELECT FROM history.agent WHERE slug = 'bot'`)).length
  const before = await kept()
  await under(`UPDATE agent SET purpose = 'Something else' WHERE slug = 'bot'`)
  expect(await kept()).toBe(before + 1)
})

/** Whoever adds a text to a governed table decides: it may name somebody (history.personal_columns), or never does. */
it('knows of every text of the past whether it may name somebody', async () => {
  const personal = new Set(
    (
      await rows<{ at: string }>(`SELECT format('history.%I.%I', governed, col) AS at FROM history.personal_columns()`)
    ).map(({ at }) => at),
  )
  const impersonal =
    /\.(slug|\w+_slug|name|title|source|environment|layer|rule|edited_fields|key|kind|files|digest|\w+_digest|\w+_hash|outcome|occurrence)$/
  const others = (await texts(`'history'`))
    .map(({ at }) => at)
    .filter((at) => !personal.has(at) && !impersonal.test(at))
  expect(others.map((at) => at.slice('history.'.length))).toEqual([
    'agent.decision_log_source',
    'agent.identity_id',
    'assignment.unanswered_in',
    'binding.actions',
    'binding.boundary',
    'binding.unanswered_in',
    'campaign_template.schedule',
    'contract.limits',
    'decision_sample.contradiction',
    'decision_sample.request',
    'delegation.scope',
    'enforcement_point.credential_sealed',
    'enforcement_point.decision_endpoint',
    'gap_exception.subject',
    'parity_answer.error',
    'parity_answer.vector_name',
    'parity_run.failure',
    'person.external_id',
    'person.time_zone',
    'remediation_event.link',
    'tool.actions',
  ])
})
