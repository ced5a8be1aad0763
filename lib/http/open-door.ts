import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { DomainError } from '@/lib/use-cases/errors'
import { fieldProblems } from '@/lib/use-cases/run'
import { bodyOf } from './body'
import { forAnybody } from './limits'
import { log } from './log'
import { internalProblem, problemResponse, refusalResponse } from './problem'

const bytesMax = 64 * 1024

/**
 * Answers a request that comes before signing in: a small JSON body that fits `schema`, from anybody whose address has not
 * made too many. Refusals are problem documents, as everywhere.
 */
export async function answerAnybody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  answer: (input: z.output<Schema>) => Promise<object>,
): Promise<Response> {
  return await forAnybody(request, async () => {
    const requestId = uuidv7()
    try {
      const body = await answer(await inputOf(request, schema))
      return Response.json(body, { headers: { 'cache-control': 'private, no-store', 'x-request-id': requestId } })
    } catch (error) {
      if (error instanceof DomainError) return refusalResponse(error, requestId)
      log.error({ err: error, requestId }, 'A request before sign-in failed')
      return problemResponse(internalProblem(requestId))
    }
  })
}

async function inputOf<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const bytes = await bodyOf(request, bytesMax)
  const parsed = schema.safeParse(readJson(bytes))
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error)
  throw new DomainError('invalid_input', fields[0]?.message ?? 'The input is not valid.', { fields })
}

function readJson(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new DomainError('invalid_input', 'The request body cannot be read as JSON.')
  }
}
