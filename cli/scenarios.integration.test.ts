import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { rules } from '@/lib/gaps/rules/index'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { tokenFor } from '@/lib/http/testing/token'
import { layerIds } from '@/lib/layers'
import { run } from './testing'

/**
 * Each file of `scenarios` is imported by the command line into an empty instance, which then has to give the owners
 * and gaps that stand beside it, as `check` does without a server: resolution in the database, the rules on the
 * server and the rules offline are three ways to one answer. The clock stands still at noon, so that the files can name
 * instants a second before and after a limit; at midnight every exception in them has run out.
 */
const noon = new Date('2026-11-20T12:00:00Z')
const midnight = new Date('2026-11-21T00:00:00Z')

// One empty database a scenario, where the product has one a process.
const held = vi.hoisted((): { test?: TestDatabase } => ({}))
vi.mock('@/lib/db/client', async (original) => ({
  ...(await original<typeof import('@/lib/db/client')>()),
  database: () => held.test?.database,
}))

const folder = path.join(import.meta.dirname, 'scenarios')
const organisation = 'organisation.yaml'
const expectedOf = (scenario: string) => scenario.replace('.yaml', '.expected.yaml')
const scenarios = readdirSync(folder).filter((file) => file !== organisation && !file.endsWith('.expected.yaml'))

const expectationSchema = z.union([
  z.strictObject({
    refused: z.strictObject({ file: z.string(), line: z.number(), field: z.string(), message: z.string() }),
  }),
  z.strictObject({
    /** By binding and layer: `team (person) from scope, orphaned`, or `nobody`. */
    owners: z.record(z.string(), z.record(z.enum(layerIds), z.string())),
    gaps: z.array(
      z.strictObject({
        rule: z.string(),
        layer: z.enum(layerIds).nullable(),
        on: z.string(),
        point: z.string().nullable().default(null),
        severity: z.string(),
        state: z.string().default('open'),
        affected: z.number(),
      }),
    ),
  }),
])

const ownersSchema = z.object({
  layers: z.record(
    z.enum(layerIds),
    z.object({
      team: z.string().nullable(),
      person: z.string().nullable(),
      source: z.string().nullable(),
      credible: z.boolean(),
      confirmed: z.boolean(),
    }),
  ),
})
const gapsSchema = z.array(
  z.object({
    rule: z.string(),
    layer: z.enum(layerIds).nullable(),
    point: z.string().nullable(),
    severity: z.string(),
    state: z.string(),
    affected: z.number(),
    subject: z.object({ type: z.string(), slug: z.string() }),
    explanation: z.string(),
  }),
)

let server: ServedApi
let env: Record<string, string>
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  held.test = await createTestDatabase()
  await syncReferenceData(held.test.database)
  server = await serveApi()
  env = { PENTARCH_URL: server.url, PENTARCH_TOKEN: await tokenFor(held.test.database, 'admin') }
})
afterEach(async () => {
  server.close()
  await held.test?.drop()
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

async function pentarch(...args: string[]) {
  const { code, stdout, stderr } = await run([...args, '--format', 'json'], { env, folder, now: () => new Date() })
  return { code, stderr, answer: JSON.parse(stdout) }
}

/** Lets the clock move on, and the server look at everything again. */
async function evaluateAt(instant: Date): Promise<void> {
  vi.setSystemTime(instant)
  const response = await fetch(`${server.url}/api/v1/gaps/evaluate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.PENTARCH_TOKEN}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(response.status, await response.text()).toBe(200)
}

async function ownersOf(binding: string): Promise<Record<string, string>> {
  const {
    agent = '',
    tool = '',
    environment = '',
  } = /^(?<agent>.+)\/(?<tool>.+)@(?<environment>.+)$/.exec(binding)?.groups ?? {}
  const names = ['--agent', agent, '--tool', tool, '--environment', environment]
  const { layers } = ownersSchema.parse((await pentarch('owners', ...names)).answer)
  const sentences = layerIds.map((layer) => {
    const { team, person, source, credible, confirmed } = layers[layer]
    if (team === null) return [layer, 'nobody']
    const state = credible ? (confirmed ? '' : ', unconfirmed') : ', orphaned'
    return [layer, `${team}${person ? ` (${person})` : ''} from ${source}${state}`]
  })
  return Object.fromEntries(sentences)
}

interface Place {
  rule: string
  on: string
  layer: string | null
  point: string | null
}
const placeOf = ({ rule, on, layer, point }: Place) => `${rule} ${on} ${layer} ${point}`
const byPlace = <Gap extends Place>(gaps: readonly Gap[]): Gap[] =>
  gaps.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)))

/** Gaps without what is a server's own, with and without their wording. */
function gapsIn(answer: unknown) {
  const gaps = gapsSchema
    .parse(answer)
    .map(({ subject, ...gap }) => ({ ...gap, on: `${subject.type} ${subject.slug}` }))
  return byPlace(gaps)
}
const withoutWording = (gaps: ReturnType<typeof gapsIn>) => gaps.map(({ explanation: _, ...gap }) => gap)

describe('a scenario gives its owners and gaps on the server, and the same gaps offline', () => {
  it.each(scenarios)('%s', async (scenario) => {
    const expected = expectationSchema.parse(parse(readFileSync(path.join(folder, expectedOf(scenario)), 'utf8')))
    const imported = await pentarch('import', 'estate', organisation, scenario, '--apply')
    if ('refused' in expected) {
      const { message, ...place } = expected.refused
      expect(imported.code).toBe(1)
      const error = { ...place, message: expect.stringContaining(message) }
      expect(imported.answer.errors).toEqual([error])
      expect((await pentarch('list', 'tools')).answer, 'nothing half done').toEqual([])
      const checked = await run(['check', organisation, scenario], { folder })
      expect(checked.code).toBe(1)
      expect(checked.stderr).toContain(`${place.file}:${place.line} ${place.field}`)
      return
    }
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    for (const [binding, owners] of Object.entries(expected.owners)) expect(await ownersOf(binding)).toEqual(owners)
    const onServer = gapsIn((await pentarch('gaps')).answer)
    expect(withoutWording(onServer)).toEqual(byPlace(expected.gaps))
    const offline = gapsIn((await pentarch('check', organisation, scenario)).answer)
    expect(offline).toEqual(onServer)
    await evaluateAt(midnight)
    const later = gapsIn((await pentarch('gaps')).answer)
    // A file without dates begins anew each day, and its wording with it.
    const checkedLater = gapsIn((await pentarch('check', organisation, scenario)).answer)
    expect(withoutWording(checkedLater)).toEqual(withoutWording(later))
    const reopened = onServer.filter(({ state }) => state === 'excepted').map(placeOf)
    expect(later.filter((gap) => reopened.includes(placeOf(gap))).map(({ state }) => state)).toEqual(
      reopened.map(() => 'open'),
    )
    vi.setSystemTime(noon)
    const again = await pentarch('import', 'estate', organisation, scenario, '--apply')
    expect(again.answer).toMatchObject({ created: { bindings: 0 }, updated: { bindings: 0, owners: 0 } })
  })
})

/** What these find comes from campaigns and from the log, of which an estate file says nothing. */
const ofElsewhere = ['remediation-overdue', 'review-unanswered', 'log-mismatch']

it('has a scenario for every rule that an estate file can make fire', () => {
  const inFiles = rules.filter(({ id }) => !ofElsewhere.includes(id))
  const named = inFiles.map(({ id }) => `rule-${id}.yaml`)
  expect(scenarios.filter((file) => file.startsWith('rule-')).sort()).toEqual(named.sort())
})
