import 'server-only'
import { v7 } from 'uuid'
import { type OutboundOptions, openOutbound } from '@/lib/outbound/client'
import { OutboundError } from '@/lib/outbound/errors'
import { askAll, type Question } from './ask'
import { discover } from './discovery'
import type { Answer, Credential, Endpoints } from './model'

/** A decision point to ask, with what it takes to be let in. */
export interface DecisionPoint {
  address: string
  credential: Credential | null
}

export interface AskOptions extends OutboundOptions {
  signal: AbortSignal
}

/** Opens a connection for `work` and closes it whatever happens. */
async function connected<Result>(
  { address, credential }: DecisionPoint,
  options: AskOptions,
  work: (connection: {
    outbound: Awaited<ReturnType<typeof openOutbound>>
    /** For one request: the token, and an id that ties its answer to the decision point's own log. */
    headers: () => Record<string, string>
  }) => Promise<Result>,
): Promise<Result> {
  const outbound = await openOutbound(address, {
    ...options,
    ...(credential?.kind === 'mtls' && { clientCertificate: credential }),
  })
  const headers = () => ({
    'x-request-id': v7(),
    ...(credential?.kind === 'bearer' && { authorization: `Bearer ${credential.token}` }),
  })
  try {
    return await work({ outbound, headers })
  } finally {
    await outbound.close()
  }
}

/** Looks where a decision point takes questions, without asking one. @throws OutboundError. */
export function probePoint(point: DecisionPoint, options: AskOptions): Promise<Endpoints> {
  return connected(point, options, ({ outbound, headers }) =>
    discover(outbound, point.address, { headers: headers(), signal: options.signal }),
  )
}

/** Puts questions to a decision point. It never throws for what the point does: every question has an answer or the reason why not. */
export async function askPoint(
  point: DecisionPoint,
  questions: readonly Question[],
  options: AskOptions,
): Promise<Answer[]> {
  try {
    return await connected(point, options, async ({ outbound, headers }) => {
      const { signal } = options
      const endpoints = await discover(outbound, point.address, { headers: headers(), signal })
      return await askAll({ outbound, endpoints, headers, signal, clock: () => performance.now() }, questions)
    })
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return questions.map(() => ({ decision: null, error: error.message, milliseconds: null }))
  }
}
