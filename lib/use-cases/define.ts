import type { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { UseCaseName } from '@/lib/access/permissions'
import type { AuditEntry, Door } from '@/lib/audit/model'
import type { Db } from '@/lib/db/client'

/** What a use case works with. Time, ids and the database come from here and from nowhere else. */
export interface UseCaseContext {
  actor: Actor
  now: Date
  newId: () => string
  requestId: string
  /** Through which door it was asked for; absent when nobody can say. */
  door?: Door | undefined
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
}

/** Reads; never changes anything. */
export interface Query<
  Name extends UseCaseName = UseCaseName,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Declaration<Name, Input, Output> {
  kind: 'query'
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
  /** Whether the person has to give their password again: the field `password` of the input, checked before anything else. */
  reauthenticates?: boolean
  handler(context: UseCaseContext, input: z.output<Input>): Promise<{ output: z.input<Output>; event: AuditEntry }>
}

export type UseCase = Query | Command

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
