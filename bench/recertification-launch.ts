import { spawn } from 'node:child_process'
import path from 'node:path'
import { v7 } from 'uuid'
import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import type { Database } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { previewUseCases } from '@/lib/recertification/launch/preview'
import { type Definition, definitionSchema } from '@/lib/recertification/model'
import { runUseCase } from '@/lib/use-cases/run'
import type { Teardown } from '@/scripts/support/teardown'
import type { Bench } from './database'
import { type Figure, within } from './figures'
import { seldom, time, timingOf } from './measure'

const section = 'Launch of a campaign'
const launchMsMax = 60_000
const previewMsMax = 2_000
const megabytesMax = 512
/** The estate once over for each of these besides its own environments. */
const copies = ['europe', 'asia', 'africa', 'america']

const definition: Definition = definitionSchema.parse({
  kind: 'access',
  scope: { state: ['requested', 'approved', 'active', 'revoked'] },
  stages: [
    {
      name: 'Owners',
      reviewers: { by: 'layer_lead' },
      fallbacks: [{ by: 'sponsor' }, { by: 'manager' }],
      duration: 'P14D',
    },
  ],
})

/** A preview over the estate, then the launch of a campaign over five times as many bindings, in a process of its own. */
export async function* measureLaunch(teardown: Teardown, bench: Bench): AsyncGenerator<Figure> {
  const preview = () => runUseCase(previewUseCases['campaigns.preview'], { definition }, bench.run)
  const { items: previewed, reviewers } = await preview()
  const named = `${previewed.toLocaleString('en')} items for ${reviewers.total} reviewers`
  yield within(section, `preview of ${named}`, await time(preview, seldom), previewMsMax)

  await multiply(bench.database)
  const id = await campaignIn(bench.database)
  const { ms, megabytes, items } = await launchIn(teardown, bench.connectionString, id)
  const [counted] = await bench.database.query<{ items: number }>(sql`SELECT count(*)::int AS items FROM binding`)
  if (items !== counted?.items) throw new Error(`The launch made ${items} items of ${counted?.items} bindings`)
  yield within(section, `${items.toLocaleString('en')} items, picture and reviewers`, timingOf([ms]), launchMsMax)
  yield {
    section,
    what: 'memory of its process at most',
    amount: `${megabytes.toFixed(0)} MB`,
    aim: { text: `≤ ${megabytesMax} MB`, met: megabytes <= megabytesMax },
  }
}

/** Puts every binding, with its owners, path and gaps, into further environments. */
export async function multiply(database: Database): Promise<void> {
  for (const environment of copies) {
    await database.transaction(async (db) => {
      await db.execute(sql`CREATE TEMPORARY TABLE copied ON COMMIT DROP AS
        SELECT id AS old_id, gen_random_uuid() AS new_id FROM binding WHERE environment IN ('production', 'staging')`)
      await db.execute(sql`INSERT INTO binding SELECT (jsonb_populate_record(b, jsonb_build_object(
          'id', c.new_id, 'slug', b.slug || '-' || ${environment}::text, 'environment', b.environment || '-' || ${environment}::text))).*
        FROM copied c JOIN binding b ON b.id = c.old_id`)
      for (const table of [sql`effective_owner`, sql`path_step`, sql`gap_binding`])
        await db.execute(sql`INSERT INTO ${table} SELECT (jsonb_populate_record(x, jsonb_build_object('binding_id', c.new_id))).*
          FROM copied c JOIN ${table} x ON x.binding_id = c.old_id`)
    })
  }
  await database.pool.query('VACUUM ANALYZE')
}

async function campaignIn({ prisma }: Database): Promise<string> {
  const id = v7()
  const now = new Date()
  await prisma.campaign.create({
    data: {
      id,
      slug: `launch-${id}`,
      name: 'Everything',
      kind: 'access',
      state: 'launching',
      definition: toJson(definition) as Prisma.InputJsonValue,
      ownerName: 'bench',
      createdAt: now,
      createdBy: 'bench',
      updatedAt: now,
    },
  })
  return id
}

const outcomeSchema = z.object({ ms: z.number(), megabytes: z.number(), items: z.number() })
type Outcome = z.infer<typeof outcomeSchema>

function launchIn(teardown: Teardown, connectionString: string, id: string): Promise<Outcome> {
  const script = path.resolve('bench', 'launch-process.ts')
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script, id], {
    env: { ...process.env, DATABASE_URL: connectionString },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  void teardown.hold(Promise.resolve(child), (held) => held.kill())
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(outcomeSchema.parse(JSON.parse(Buffer.concat(said).toString())))
      else reject(new Error(`The launch ended with code ${code}`))
    })
  })
}
