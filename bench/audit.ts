import { strict as assert } from 'node:assert'
import type { Pool } from 'pg'
import { auditUseCases } from '@/lib/audit/service'
import type { InputOf } from '@/lib/http/client'
import { type Run, runUseCase } from '@/lib/use-cases/run'
import { step } from '@/scripts/support/steps'
import type { Teardown } from '@/scripts/support/teardown'
import { openEmpty, type startServer } from './database'
import { against, type Figure, within } from './figures'
import { often, time, timeBoth } from './measure'

const section = 'The audit log'
const eventCount = 1_000_000
const pageRows = 50
const account = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Each view of the log and its rows as somebody writes them by hand for that view alone. */
const views: readonly { name: string; input: InputOf<'audit.list'>; where: string; order?: string }[] = [
  { name: 'everything', input: {}, where: 'true' },
  { name: 'everything, the oldest first', input: { sort: 'at' }, where: 'true', order: 'at, sequence' },
  { name: 'of one account', input: { actor: account(7) }, where: `actor_id = '${account(7)}'` },
  { name: 'by a rare action', input: { action: 'settings.policy.update' }, where: `action = 'settings.policy.update'` },
  { name: 'by a group of actions', input: { action: 'assignments.*' }, where: `action LIKE 'assignments.%'` },
  { name: 'through one door', input: { door: 'cli' }, where: `door = 'cli'` },
  {
    name: 'of a month, a kind of subject and a group of actions',
    input: {
      subjectType: 'assignment',
      action: 'assignments.*',
      from: '2026-03-01T00:00:00Z',
      until: '2026-04-01T00:00:00Z',
    },
    where: `subject_type = 'assignment' AND action LIKE 'assignments.%' AND at >= '2026-03-01Z' AND at < '2026-04-01Z'`,
  },
  {
    name: 'that finds nothing: a frequent action through a door it never came by',
    input: { action: 'gaps.evaluate', door: 'screen' },
    where: `action = 'gaps.evaluate' AND door = 'screen'`,
  },
  {
    name: 'that finds nothing: one account, a rare action, a door',
    input: { actor: account(7), action: 'settings.policy.update', door: 'cli' },
    where: `actor_id = '${account(7)}' AND action = 'settings.policy.update' AND door = 'cli'`,
  },
]

/** Pages of a log of a million events beside hand-written SQL, in a database of its own. */
export async function* measureAudit(
  teardown: Teardown,
  server: Awaited<ReturnType<typeof startServer>>,
  bench: Run,
): AsyncGenerator<Figure> {
  const database = await openEmpty(teardown, await server.ensureDatabase('audit'))
  const { pool } = database
  await step('Events', () => fill(pool))
  const run = { ...bench, database }
  for (const { name, input, where, order = 'at DESC, sequence DESC' } of views) {
    const list = () => runUseCase(auditUseCases['audit.list'], { ...input, limit: pageRows }, run)
    const hand = () => pool.query(`SELECT * FROM audit_event WHERE ${where} ORDER BY ${order} LIMIT ${pageRows + 1}`)
    const [page, expected] = [await list(), await hand()]
    assert.deepEqual(
      page.rows.map(({ id }) => id),
      expected.rows.slice(0, pageRows).map(({ id }) => id),
    )
    yield against(section, `first page ${name}`, await timeBoth(list, hand, often), 'hand-written SQL')
  }
  let cursor: string | undefined
  for (let page = 0; page < 200; page += 1)
    cursor =
      (await runUseCase(auditUseCases['audit.list'], { limit: 200, ...(cursor && { cursor }) }, run)).next ?? undefined
  const deep = () => runUseCase(auditUseCases['audit.list'], { limit: pageRows, ...(cursor && { cursor }) }, run)
  yield within(section, 'a page 40,000 events further down', await time(deep, often), 50)
  const about = { about: `agent:${account(3)}` }
  const history = () => runUseCase(auditUseCases['audit.list'], { ...about, limit: pageRows }, run)
  yield within(section, 'the history of one thing', await time(history, often), 50)
  const count = () => runUseCase(auditUseCases['audit.count'], {}, run)
  yield within(section, 'how many there are, counted up to 10,000', await time(count, often), 50)
}

/** Two years of events: jobs, people and tokens, with few accounts doing most of it. */
async function fill(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO audit_event (id, at, actor_kind, actor_name, actor_id, action, subject_type, subject_id, before, after, request_id, door)
     SELECT gen_random_uuid(), '2025-01-01Z'::timestamptz + n * interval '63 seconds',
       CASE WHEN n % 5 < 2 THEN 'system' WHEN n % 11 = 0 THEN 'token' ELSE 'account' END::actor_kind, 'Somebody',
       CASE WHEN n % 5 < 2 THEN NULL ELSE ('00000000-0000-7000-8000-' || lpad((floor(sqrt(n % 9973)))::text, 12, '0'))::uuid END,
       CASE WHEN n % 9001 = 0 THEN 'settings.policy.update' WHEN n % 5 < 2 THEN 'gaps.evaluate'
         ELSE (ARRAY['agents.update', 'bindings.update', 'assignments.create', 'assignments.accept', 'gaps.transition'])[n % 7 % 5 + 1] END,
       CASE WHEN n % 9001 = 0 THEN 'settings' WHEN n % 5 < 2 THEN 'gaps'
         ELSE (ARRAY['agent', 'binding', 'assignment', 'assignment', 'gap'])[n % 7 % 5 + 1] END,
       '00000000-0000-7000-8000-' || lpad((n % 5003)::text, 12, '0'), '{"state": "proposed"}', '{"state": "accepted"}', 'request ' || n / 2,
       CASE WHEN n % 5 < 2 THEN 'job' WHEN n % 97 = 0 THEN 'cli' WHEN n % 11 = 0 THEN 'api' ELSE 'screen' END::audit_door
     FROM generate_series(1, $1::int) AS n`,
    [eventCount],
  )
  await pool.query('VACUUM ANALYZE audit_event, audit_about')
}
