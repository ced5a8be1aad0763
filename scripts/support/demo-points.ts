import { existsSync } from 'node:fs'
import path from 'node:path'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { decisionLogUseCases } from '@/lib/contracts/decision-log/service'
import { performRun } from '@/lib/contracts/parity/run'
import { parityUseCases } from '@/lib/contracts/parity/service'
import { type Database, openDatabase } from '@/lib/db/client'
import { outboundUseCases } from '@/lib/outbound/service'
import { pointUseCases } from '@/lib/registry/points/service'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { type Pair, startPair } from '../decision-points/pair'
import type { Teardown } from './teardown'

/** The tool of the sample whose points can be asked. */
const tool = 'claims-api'

interface Sample {
  connectionString: string
  /** The demo's data directory. */
  home: string
  /** Whether this start has made the sample. */
  isNew: boolean
}

/**
 * Starts the sample's two decision points beside the app, one that agrees with its contract and one that has drifted. A
 * new sample is told where they are and asked at once, so that there is something to look at; a database that this
 * data directory did not make is left alone.
 */
export async function startDemoPoints(teardown: Teardown, sample: Sample): Promise<void> {
  if (!sample.isNew && !existsSync(path.join(sample.home, 'decision-points'))) return
  const pair = await teardown.hold(startPair(sample.home), (held) => held.stop())
  const isFirst = pair.points.some(({ before }) => before === null)
  const database = openDatabase(sample.connectionString, 2)
  try {
    if (isFirst) await allowThisMachine(database)
    await register(database, pair, isFirst)
    if (isFirst) await askFirst(database)
    await pair.keep()
  } finally {
    await database.close()
  }
}

const runOf = (database: Database) => ({
  database,
  actor: systemActor('sample data'),
  now: new Date(),
  newId: v7,
  requestId: v7(),
})

async function allowThisMachine(database: Database): Promise<void> {
  const { version } = await runUseCase(outboundUseCases['outbound.get'], {}, runOf(database))
  // Set already by a start that did not come to its end.
  if (version > 0) return
  const reason = 'The decision points of the sample run on this machine'
  const allowed = { version, allowedNetworks: ['127.0.0.0/8'], reason }
  await runUseCase(outboundUseCases['outbound.update'], allowed, runOf(database))
}

/** Tells the registry where the pair is; later only where it was before, so that nobody's own address is overwritten. */
async function register(database: Database, pair: Pair, isFirst: boolean): Promise<void> {
  for (const { slug, address, before } of pair.points) {
    const point = await runUseCase(pointUseCases['points.get'], { slug }, runOf(database)).catch(nullWhenGone)
    if (!point || point.decisionEndpoint === address) continue
    if (!isFirst && point.decisionEndpoint !== before) continue
    const edit = { slug, version: point.version, decisionEndpoint: address, reason: 'Where its decision point listens' }
    await runUseCase(pointUseCases['points.update'], edit, runOf(database))
  }
}

/** A first parity run, and the last lines of claims core's own log. */
async function askFirst(database: Database): Promise<void> {
  const { id } = await runUseCase(parityUseCases['parity.start'], { slug: tool }, runOf(database))
  await performRun(id, { database, requestId: v7(), clock: () => new Date() })
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const asked = (agent: string, action: string, claim: string, status: string) => ({
    subject: { type: 'agent', id: agent, properties: { region: 'north' } },
    action: { name: action },
    resource: { type: 'claim', id: claim, properties: { region: 'north', status } },
  })
  const decisions = [
    { time: ago(190), ...asked('claims-triage', 'assign', 'KB-20113', 'open'), decision: true },
    { time: ago(95), ...asked('fraud-screener', 'flag', 'KB-20114', 'open'), decision: true },
    { time: ago(40), ...asked('document-reader', 'reopen', 'KB-19020', 'closed'), decision: true },
  ]
  const log = { point: 'claims-core', tool, source: 'siem', decisions }
  await runUseCase(decisionLogUseCases['decisionLogs.record'], log, runOf(database))
}

/** Somebody may have removed the point from the sample; everything else is a fault. */
function nullWhenGone(error: unknown): null {
  if (error instanceof DomainError && error.code === 'not_found') return null
  throw error
}
