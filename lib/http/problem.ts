import { z } from 'zod'
import { DomainError, type FieldProblem, type ProblemCode, problems } from '@/lib/use-cases/errors'

/** An error as the API answers it: problem details of RFC 9457, with the product's own code, fix and field list. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  fix: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
})
export type Problem = z.infer<typeof problemSchema>

/** The problem document of a refusal. */
export function problemOf(error: DomainError, requestId: string): Problem {
  const { status, title, fix } = problems[error.code]
  const errors: FieldProblem[] = [...error.fields]
  return {
    type: `/api/v1/docs#problem-${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    fix,
    requestId,
    errors,
  }
}

/** The answer to a fault of ours: opaque, but for the id that finds it in the log. */
export function internalProblem(requestId: string): Problem {
  return problemOf(new DomainError('internal', 'The request could not be completed.'), requestId)
}

/** A response that carries a problem document. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store', ...headers },
  })
}

/** The answer to a refusal, with the time to wait where there is one. */
export function refusalResponse(error: DomainError, requestId: string): Response {
  const retry = error.retryAfterSeconds
  return problemResponse(problemOf(error, requestId), {
    'x-request-id': requestId,
    ...(retry && { 'retry-after': String(retry) }),
  })
}
