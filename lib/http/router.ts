import { ORPCError, os } from '@orpc/server'
import { log } from '@/lib/http/log'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { type Run, runUseCase } from '@/lib/use-cases/run'
import { internalProblem, problemOf } from './problem'

/** What a request hands to the router: everything a use case runs with. */
export interface ApiContext {
  run: Run
}

// The runner parses input and output; parsing here as well would apply transforms twice.
const procedure = os
  .$context<ApiContext>()
  .$config({ initialInputValidationIndex: Number.NaN, initialOutputValidationIndex: Number.NaN })

function toProblem(error: unknown, requestId: string): ORPCError<string, unknown> {
  if (error instanceof DomainError) {
    const problem = problemOf(error, requestId)
    return new ORPCError(error.code, {
      status: problem.status,
      message: problem.detail,
      data: { ...problem, retryAfterSeconds: error.retryAfterSeconds },
    })
  }
  log.error({ err: error, requestId }, 'A use case failed')
  const problem = internalProblem(requestId)
  return new ORPCError(problem.code, { status: problem.status, message: problem.detail, data: problem })
}

function operationOf(useCase: UseCase) {
  const [tag] = useCase.name.split('.')
  return procedure
    .route({
      method: useCase.method,
      path: useCase.path,
      summary: useCase.summary,
      operationId: useCase.name,
      // A file brings headers of its own.
      outputStructure: useCase.kind === 'file' ? 'detailed' : 'compact',
      tags: tag ? [tag] : [],
    })
    .input(useCase.input)
    .output(useCase.output)
    .handler(async ({ input, context }) => {
      try {
        // No body at all is an input without fields, so that each missing one is named.
        return await runUseCase(useCase, input ?? {}, context.run)
      } catch (error) {
        throw toProblem(error, context.run.requestId)
      }
    })
}

/** Every use case as a REST operation, by name. */
export const router = Object.fromEntries(Object.values(useCases).map((useCase) => [useCase.name, operationOf(useCase)]))
