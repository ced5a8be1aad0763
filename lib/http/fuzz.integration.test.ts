import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Actor, type Role, roles } from '@/lib/access/model'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { seed } from '@/prisma/seed'
import { handleApiRequest } from './handler'
import { openApiDocument } from './openapi'
import { problemSchema } from './problem'
import { fitting, type Known, type Schema, spoilt } from './testing/fuzz'

/** Requests in all; `PENTARCH_FUZZ=200` asks fewer. The seed is the same each time, unless PENTARCH_FUZZ_SEED says another. */
const requests = Number(process.env.PENTARCH_FUZZ ?? 20_000)
const seedNumber = Number(process.env.PENTARCH_FUZZ_SEED ?? 7)

const asking = vi.hoisted(() => ({ actor: null as Actor | null }))
vi.mock('@/lib/access/session', () => ({ sessionActor: async () => asking.actor }))
vi.mock('./log', () => ({
  log: { error: (what: unknown) => faults.push(what), warn: () => undefined, info: () => undefined },
}))
const faults = vi.hoisted(() => [] as unknown[])

let test: TestDatabase
let known: Known
let operations: Operation[]
let schemas: Record<string, Schema>
let accounts: Map<Role, Actor>

interface Operation {
  method: string
  path: string
  name: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  body: Schema | null
}

const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: z.custom<Schema>(),
})
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.union([z.strictObject({ $ref: z.string() }), parameterSchema])).default([]),
  requestBody: z
    .looseObject({
      content: z.looseObject({ 'application/json': z.looseObject({ schema: z.custom<Schema>() }).optional() }),
    })
    .optional(),
})

beforeAll(async () => {
  test = await createTestDatabase()
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000')
  // Everybody asks more often than people do.
  for (const kind of ['ACCOUNT', 'TOKEN', 'ADDRESS']) vi.stubEnv(`RATE_LIMIT_${kind}`, '0')
  await seed({ connectionString: test.connectionString, kind: 'sample', now: new Date() })
  const rows = await test.database.query<{ id: string; name: string }>(sql`
    SELECT id::text, slug AS name FROM agent UNION ALL SELECT id::text, slug FROM tool UNION ALL SELECT id::text, slug FROM team
    UNION ALL SELECT id::text, external_id FROM person UNION ALL SELECT id::text, slug FROM binding
    UNION ALL SELECT id::text, slug FROM campaign UNION ALL SELECT id::text, rule FROM gap UNION ALL SELECT id::text, layer::text FROM assignment
    UNION ALL SELECT id::text, 'item' FROM (SELECT id FROM review_item LIMIT 50) i UNION ALL SELECT id::text, 'event' FROM (SELECT id FROM audit_event LIMIT 20) e`)
  known = { ids: rows.map(({ id }) => id), names: [...new Set(rows.map(({ name }) => name))] }
  const document = await openApiDocument()
  schemas = (document.components?.schemas ?? {}) as Record<string, Schema>
  operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).flatMap(([method, value]) => {
      const parsed = operationSchema.safeParse(value)
      if (!parsed.success) return []
      const { operationId: name, parameters, requestBody } = parsed.data
      return [
        {
          ...{ method: method.toUpperCase(), path, name },
          parameters: parameters.flatMap((one) =>
            'schema' in one ? [{ ...one, required: one.required ?? false }] : [],
          ) as Operation['parameters'],
          body: requestBody?.content['application/json']?.schema ?? null,
        },
      ]
    }),
  )
  const found = await test.database.prisma.account.findMany({
    select: { id: true, name: true, role: true, personId: true },
  })
  accounts = new Map(
    found.map(({ id, name, role, personId }) => [
      role,
      {
        kind: 'account',
        ...{ id, name, role, personId },
        leadOf: new Set<string>(),
        scopes: null,
        session: { id: v7(), isFresh: true },
      },
    ]),
  )
})
afterAll(async () => {
  const { database } = await import('@/lib/db/client')
  await database().close()
  await test.drop()
  vi.unstubAllEnvs()
})

/** One request to an operation, most of it as its schema wants it, some of it not. */
function requestTo({ method, path, parameters, body }: Operation): fc.Arbitrary<Request> {
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, fitting(schema, schemas, known)])),
    {
      requiredKeys: parameters.filter((each) => each.required || each.in === 'path').map(({ name }) => name),
    },
  )
  const content = body
    ? fitting(body, schemas, known).chain((value) =>
        fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, spoilt(value)),
      )
    : fc.constant(undefined)
  return fc.tuple(values, content).map(([given, sent]) => {
    const said = Object.entries(given as Record<string, unknown>).map(([name, value]) => [name, textOf(value)] as const)
    const url = new URL(
      `http://localhost:3000/api/v1${path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(wellFormed(said.find(([each]) => each === name)?.[1] ?? '') || 'x'))}`,
    )
    for (const { name } of parameters.filter((each) => each.in === 'query')) {
      const value = said.find(([each]) => each === name)?.[1]
      if (value !== undefined) url.searchParams.set(name, wellFormed(value))
    }
    const hasBody = method !== 'GET' && sent !== undefined
    return new Request(url, {
      method,
      headers: {
        origin: 'http://localhost:3000',
        host: 'localhost:3000',
        ...(hasBody && { 'content-type': 'application/json' }),
      },
      ...(hasBody && { body: JSON.stringify(sent) }),
    })
  })
}

const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '')
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** What an error must never tell: places in the sources, and how the database is asked. */
const telling = /node_modules|\bat [\w.<> ]+ \(|\.tsx?:\d+|Prisma|SELECT |INSERT INTO|pg_|relation "/

it(`answers ${requests.toLocaleString('en')} requests of anybody without a fault, and tells nothing of its inside`, {
  timeout: 3_600_000,
}, async () => {
  const who = fc.constantFrom<(Role | null)[]>(...roles, null)
  const cases = fc
    .constantFrom(...operations)
    .chain((operation) => fc.tuple(fc.constant(operation), who, requestTo(operation)))
  const tally = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(cases, async ([operation, role, request]) => {
      asking.actor = role === null ? null : (accounts.get(role) ?? null)
      faults.length = 0
      const asked = request.clone()
      const answer = await handleApiRequest(request)
      tally.set(answer.status, (tally.get(answer.status) ?? 0) + 1)
      const label = `${operation.name} as ${role ?? 'nobody'}: ${asked.url}`
      if (answer.status >= 500) throw new Error(`${label} ${await asked.text()} ${faults.map(String).join(' ')}`)
      if (role === null) expect([400, 401, 413], label).toContain(answer.status)
      expect(answer.headers.get('content-type') ?? '', label).not.toContain('html')
      if (answer.status < 400) {
        await answer.body?.cancel()
        return
      }
      const problem = problemSchema.parse(await answer.json())
      // What was sent may be repeated, as text in JSON; nothing else may look like our inside.
      expect(problem.title, label).not.toMatch(telling)
      expect(problem.code, label).not.toBe('internal')
    }),
    { numRuns: requests, seed: seedNumber, endOnFailure: true },
  )
  if (process.env.PENTARCH_FUZZ) process.stdout.write(`${JSON.stringify(Object.fromEntries(tally))}\n`)
  expect(tally.get(200) ?? 0).toBeGreaterThan(requests / 20)
})
