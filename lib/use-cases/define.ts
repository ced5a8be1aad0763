import type { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { UseCaseName } from '@/lib/access/permissions'
import type { AuditEntry, Door } from '@/lib/audit/model'
import type { Database, Db } from '@/lib/db/client'
import { fileAnswerSchema } from './file-answer'

/** What a use case works with. Time, ids and the database come from here and from nowhere else. */
export interface UseCaseContext {
  actor: Actor
  now: Date
  newId: () => string
  requestId: string
  /** Through which door it was asked for; absent when nobody can say. */
  door?: Door | undefined
  /** The instant that whoever asks looks at, for commands that are open to those who look at the past. */
  asOf?: Date | undefined
  db: Db
}

interface Declaration<Name extends UseCaseName, Input extends z.ZodType, Output extends z.ZodType> {
  name: Name
  /** One line for the API reference and the command line. */
  summary: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** REST path below /api/v1, such as `/agents/{slug}`. */
  path: `/${string}`
  input: Input
  output: Output
  /** How large the body of a request may be; 1 MB unless it says more. */
  bodyBytesMax?: number
}

/** Reads; never changes anything. */
export interface Query<
  Name extends UseCaseName = UseCaseName,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Declaration<Name, Input, Output> {
  kind: 'query'
  /** Answers with the present even to whoever looks at the past: what it reads has no history. */
  alwaysPresent?: boolean
  handler(context: UseCaseContext, input: z.output<Input>): Promise<z.input<Output>>
}

/** Changes something, in one transaction with exactly one audit event, which the handler returns beside its output. */
export interface Command<
  Name extends UseCaseName = UseCaseName,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Declaration<Name, Input, Output> {
  kind: 'command'
  /** Fields of the input that are remembered nowhere, not even as a part of what an idempotency key stands for. */
  confidential?: readonly string[]
  /** Through which door its changes come, whatever asked for it. */
  door?: Door
  /** Changes nothing that has a past, and so may be asked for by whoever looks at one. */
  alwaysPresent?: boolean
  /** Whether somebody at the screen has to have shown who they are a moment ago. A token shows it with each request. */
  reauthenticates?: boolean
  handler(context: UseCaseContext, input: z.output<Input>): Promise<{ output: z.input<Output>; event: AuditEntry }>
}

/** What a file query works with: it reads for longer than its handler runs, and so opens its read itself. */
export interface FileContext extends Omit<UseCaseContext, 'db' | 'door' | 'asOf'> {
  database: Database
  /** The instant of the past that is asked for, which `now` then is too. */
  asOf?: Date | undefined
}

/** Reads, and answers with a file that goes on after the handler has returned. */
export interface FileQuery<Name extends UseCaseName = UseCaseName, Input extends z.ZodType = z.ZodType>
  extends Declaration<Name, Input, typeof fileAnswerSchema> {
  kind: 'file'
  handler(context: FileContext, input: z.output<Input>): Promise<z.input<typeof fileAnswerSchema>>
}

export type UseCase = Query | Command | FileQuery

/** Declares a query. The name has to be in the permission table. */
export function defineQuery<Name extends UseCaseName, Input extends z.ZodType, Output extends z.ZodType>(
  declaration: Omit<Query<Name, Input, Output>, 'kind'>,
): Query<Name, Input, Output> {
  return { kind: 'query', ...declaration }
}

/** Declares a command. The name has to be in the permission table. */
export function defineCommand<Name extends UseCaseName, Input extends z.ZodType, Output extends z.ZodType>(
  declaration: Omit<Command<Name, Input, Output>, 'kind'>,
): Command<Name, Input, Output> {
  return { kind: 'command', ...declaration }
}

/** Declares a query that answers with a file. The name has to be in the permission table. */
export function defineFileQuery<Name extends UseCaseName, Input extends z.ZodType>(
  declaration: Omit<FileQuery<Name, Input>, 'kind' | 'output'>,
): FileQuery<Name, Input> {
  return { kind: 'file', output: fileAnswerSchema, ...declaration }
}
