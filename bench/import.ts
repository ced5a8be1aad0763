import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Teardown } from '@/scripts/support/teardown'
import { openEmpty } from './database'
import { makeEstate } from './estate'
import { copyInto } from './estate/load'
import type { Row } from './estate/rows'
import type { EstateSize } from './estate/size'
import { type Figure, within } from './figures'
import { timingOf } from './measure'

const section = 'Import of bindings from CSV'
const megabytesMax = 512

const outcomeSchema = z.object({ ms: z.number(), megabytes: z.number(), created: z.number(), unchanged: z.number() })
type Outcome = z.infer<typeof outcomeSchema>

/**
 * Imports the bindings of the large estate into a registry that has everything else, in a process of its own, so that
 * its memory is that of the import. Owners and gaps of the new bindings are worked out in the same transaction.
 */
export async function* measureImport(
  teardown: Teardown,
  scratch: string,
  connectionString: string,
  size: EstateSize,
): AsyncGenerator<Figure> {
  const file = path.join(scratch, 'bindings.csv')
  await prepare(teardown, connectionString, size, file)
  const rows = size.bindings.toLocaleString('en')
  for (const again of [false, true]) {
    const outcome = await importIn(teardown, connectionString, file)
    const came = again ? outcome.unchanged : outcome.created
    if (came !== size.bindings) throw new Error(`The import took ${came} bindings for ${again ? 'unchanged' : 'new'}`)
    const what = again ? `the same ${rows} again, none changed` : `${rows} new ones, with their owners and gaps`
    yield within(section, what, timingOf([outcome.ms]), 60_000)
    yield {
      section,
      what: again ? 'memory of that process at most' : 'memory of its process at most',
      amount: `${outcome.megabytes.toFixed(0)} MB`,
      aim: { text: `≤ ${megabytesMax} MB`, met: outcome.megabytes <= megabytesMax },
    }
  }
}

/** Loads everything but the bindings and what hangs on them, and writes the bindings to a file. */
async function prepare(teardown: Teardown, connectionString: string, size: EstateSize, file: string): Promise<void> {
  const database = await openEmpty(teardown, connectionString)
  const estate = new Map(makeEstate(size, new Date()))
  const client = await database.pool.connect()
  try {
    for (const [table, rows] of estate) {
      if (table === 'binding' || table === 'path_step') continue
      await copyInto(
        client,
        table,
        rows.filter((row) => row.scope !== 'binding'),
      )
    }
    await client.query('ANALYZE')
  } finally {
    client.release()
  }
  await writeFile(file, csvOf(estate.get('binding') ?? [], estate.get('agent') ?? []))
}

const columns =
  'agent,tool,environment,state,activeSince,risk,intent,actions,decisionMode,credentialType,credentialLifetime,boundary,certifiedAt'

function csvOf(bindings: readonly Row[], agents: readonly Row[]): string {
  const slugs = new Map(agents.map((agent) => [agent.id, agent.slug]))
  const lines = bindings.map((row) =>
    [
      slugs.get(row.agent_id ?? null),
      row.tool_slug,
      row.environment,
      row.state,
      dateOf(row.active_since),
      row.risk,
      row.intent_text,
      Array.isArray(row.actions) ? row.actions.join(' ') : null,
      row.decision_mode,
      row.credential_type,
      `PT${row.credential_lifetime_seconds}S`,
      row.boundary,
      dateOf(row.certified_at),
    ].join(','),
  )
  return [columns, ...lines, ''].join('\n')
}

const dateOf = (value: Row[string] | undefined) => (value instanceof Date ? value.toISOString() : null)

function importIn(teardown: Teardown, connectionString: string, file: string): Promise<Outcome> {
  const script = path.resolve('bench', 'import-process.ts')
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script, file], {
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
      else reject(new Error(`The import ended with code ${code}`))
    })
  })
}
