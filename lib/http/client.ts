import { createORPCErrorFromJson, ORPCError } from '@orpc/client'
import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { z } from 'zod'
import { asOfParameter } from '@/lib/history/model'
import type { useCases } from '@/lib/use-cases/catalog'
import contractJson from './contract.json' with { type: 'json' }
import { type Problem, problemSchema } from './problem'

type Catalog = typeof useCases
export type OperationName = keyof Catalog
export type InputOf<Name extends OperationName> = z.input<Catalog[Name]['input']>
export type OutputOf<Name extends OperationName> = z.output<Catalog[Name]['output']>

/** A problem document thrown: what the server refused, and how to mend it. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

/** How the command line names itself to the server. */
export const cliAgent = 'pentarch-cli'

interface CallOptions {
  idempotencyKey?: string
  signal?: AbortSignal
}

export type Api = <Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  options?: CallOptions,
) => Promise<OutputOf<Name>>

/** As `Api`, for callers who learn the operation or its input only at run time. */
export type UntypedApi = (name: OperationName, input: unknown, options?: CallOptions) => Promise<unknown>

const contract = z.record(z.string(), z.custom<AnyContractProcedure>(isContractProcedure)).parse(contractJson)

/** oRPC reads only what calls itself application/json as JSON, and problem documents call themselves otherwise. */
async function fetchReadable(request: Request, init: RequestInit): Promise<Response> {
  const response = await fetch(request, init)
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/json')
  return new Response(response.body, { status: response.status, headers })
}

/** Where the API is, and how it is asked. */
interface ApiServer {
  url: string
  headers?: Record<string, string>
  /** Asks for the registry as it was then; see `as_of` of the API. */
  asOf?: string | undefined
}

/** The same request about the past. */
function about(asOf: string, request: Request): Request {
  const url = new URL(request.url)
  url.searchParams.set(asOfParameter, asOf)
  return new Request(url, request)
}

/**
 * The client of the REST API, for the browser and the command line: one generated contract names the method and path
 * of each operation. The call throws ApiProblem for what the server refuses.
 */
export function createUntypedApi(server: ApiServer): UntypedApi {
  const link = new OpenAPILink<{ idempotencyKey?: string }>(contract, {
    url: `${server.url}/api/v1`,
    fetch: (request, init) => fetchReadable(server.asOf ? about(server.asOf, request) : request, init),
    headers: ({ context }) => ({
      ...server.headers,
      ...(context.idempotencyKey && { 'idempotency-key': context.idempotencyKey }),
    }),
    customErrorResponseBodyDecoder: (body, response) => {
      const parsed = problemSchema.safeParse(body)
      if (!parsed.success) return null
      const { code, detail } = parsed.data
      return createORPCErrorFromJson({
        defined: false,
        code,
        status: response.status,
        message: detail,
        data: parsed.data,
      })
    },
  })
  return async (name, input, options = {}) => {
    try {
      const context = options.idempotencyKey ? { idempotencyKey: options.idempotencyKey } : {}
      return await link.call([name], input, { context, ...(options.signal && { signal: options.signal }) })
    } catch (error) {
      const problem = error instanceof ORPCError ? problemSchema.safeParse(error.data) : null
      throw problem?.success ? new ApiProblem(problem.data) : error
    }
  }
}

/** The typed client: the types come from the use cases themselves. */
export function createApi(server: ApiServer): Api {
  const call = createUntypedApi(server)
  return async (name, input, options) => (await call(name, input, options)) as OutputOf<typeof name>
}
