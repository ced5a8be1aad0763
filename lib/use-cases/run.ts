import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'
import { assertFresh } from '@/lib/access/sessions/fresh'
import { recordChanges } from '@/lib/audit/change-store'
import { changesIn } from '@/lib/audit/changes'
import type { Door } from '@/lib/audit/model'
import { appendAuditEvent } from '@/lib/audit/store'
import type { Database, Db } from '@/lib/db/client'
import { recordFrom } from '@/lib/db/past'
import { seeingAll, tellsHidden } from '@/lib/db/sight'
import { assertKnown, lookBack } from '@/lib/history/look-back'
import { pastIsClosed } from '@/lib/history/model'
import { refusalOf } from './database-errors'
import type { Command, FileQuery, Query, UseCase, UseCaseContext } from './define'
import { DomainError, type FieldProblem, notFound } from './errors'
import { fieldPath } from './field-path'
import { recallResponse, rememberResponse } from './idempotency'
import { databaseFor } from './sight'

/** Where and for whom a use case runs. */
export interface Run {
  database: Database
  actor: Actor
  now: Date
  newId: () => string
  requestId: string
  /** Through which door it comes; what the product does by itself comes by job. */
  door?: Door
  /** Reads answer as of this instant, and nothing can be changed; without it they answer with the present. */
  asOf?: Date
  /** Makes a repeated command answer as it did the first time instead of acting again. */
  idempotencyKey?: string
}

/** The problems of a failed parse, by field. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldPath([...issue.path, key]), message: 'Unknown key' }))
      : [{ field: fieldPath(issue.path), message: issue.message }],
  )
}

/** The input as a handler takes it. @throws DomainError invalid_input naming each field. */
export function parseInput(useCase: UseCase, input: unknown): unknown {
  const parsed = useCase.input.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error).slice(0, 100)
  const first = fields[0]
  const detail = first ? `${first.field || 'Input'}: ${first.message}` : 'The input is not valid.'
  throw new DomainError('invalid_input', detail, { fields })
}

/** What an idempotency key stands for: the input, without what is not to be remembered, be it as a hash. */
function requestHash({ confidential = [] }: Command, input: unknown): string {
  const text = JSON.stringify(input, (key, value) => (confidential.includes(key) ? undefined : value))
  return createHash('sha256').update(text).digest('hex')
}

async function runCommand(command: Command, input: unknown, run: Run): Promise<unknown> {
  const { idempotencyKey, actor } = run
  const request = idempotencyKey &&
    actor.id && {
      accountId: actor.id,
      key: idempotencyKey,
      operation: command.name,
      requestHash: requestHash(command, input),
    }
  if (command.reauthenticates) assertFresh(actor)
  return await run.database.transaction(async (db) => {
    const door = command.door ?? run.door ?? (actor.kind === 'system' ? 'job' : undefined)
    const context: UseCaseContext = {
      db,
      actor,
      now: run.now,
      newId: run.newId,
      requestId: run.requestId,
      door,
      asOf: run.asOf,
    }
    await db.query(recordFrom(run.now))
    if (request) {
      const recalled = await recallResponse(context, request)
      if (recalled !== undefined) return await recalledFor(db, recalled)
    }
    const { output, event } = await command.handler(context, input)
    await seeingAll(db, async () => {
      const entry = await recordChanges(context, event, changesIn(event))
      await appendAuditEvent(context, command.name, entry)
    })
    const answer = command.output.parse(output)
    if (request) await rememberResponse(context, request, answer)
    return answer
  })
}

/** An answer of before, unless it names what has been hidden from whoever asks meanwhile. */
async function recalledFor(db: Db, answer: unknown): Promise<unknown> {
  if (db.isPartial && (await tellsHidden(db, JSON.stringify(answer)))) throw notFound('What this request was about')
  return answer
}

async function runQuery(query: Query, input: unknown, run: Run): Promise<unknown> {
  const { database, actor, now, newId, requestId, asOf } = run
  const answer = async (context: Pick<UseCaseContext, 'db' | 'actor' | 'now'>) =>
    query.output.parse(await query.handler({ newId, requestId, ...context }, input))
  if (!asOf || query.alwaysPresent) {
    // A part of the database is read in one transaction, which knows who looks.
    if (database.isPartial) return await database.snapshot((db) => answer({ db, actor, now }))
    return await answer({ db: database, actor, now })
  }
  return await lookBack(database, asOf, now, (db) => answer({ db, actor: { ...actor, looksBack: true }, now: asOf }))
}

async function runFileQuery(query: FileQuery, input: unknown, run: Run): Promise<unknown> {
  const { database, actor, now, newId, requestId, asOf } = run
  if (asOf) await assertKnown(database, asOf, now)
  return await query.handler({ database, actor, now: asOf ?? now, newId, requestId, asOf }, input)
}

/**
 * The one place where a use case runs: permission, input, transaction, audit event, answer.
 * @throws DomainError for everything a client can mend; any other error is a fault of ours.
 */
export async function runUseCase<Input extends z.ZodType, Output extends z.ZodType>(
  useCase:
    | Query<Query['name'], Input, Output>
    | Command<Command['name'], Input, Output>
    | (FileQuery<FileQuery['name'], Input> & { output: Output }),
  input: z.input<Input>,
  run: Run,
): Promise<z.output<Output>>
export async function runUseCase(useCase: UseCase, input: unknown, asked: Run): Promise<unknown> {
  const verdict = mayRun(useCase.name, asked.actor)
  if (verdict !== true) throw new DomainError('forbidden', verdict)
  const parsed = parseInput(useCase, input)
  try {
    const run = { ...asked, database: await databaseFor(asked.database, asked.actor) }
    if (useCase.kind === 'command') {
      if (run.asOf && !useCase.alwaysPresent) throw new DomainError('wrong_state', pastIsClosed)
      return await runCommand(useCase, parsed, run)
    }
    return await (useCase.kind === 'file' ? runFileQuery(useCase, parsed, run) : runQuery(useCase, parsed, run))
  } catch (error) {
    throw refusalOf(error)
  }
}
