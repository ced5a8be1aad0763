import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { decisionRequestSchema } from '@/lib/contracts/decision-log/model'
import { decide, type Verdict } from './cedar'

/** A running decision point. */
export interface DecisionPointServer {
  /** Its identifier: what an enforcement point is registered with. */
  address: string
  stop(): Promise<void>
}

export interface DecisionPointOptions {
  /** The Cedar policies as they are now; read anew for every request, so that they can be changed while it runs. */
  policies: () => string
  /** 0 for any free port. */
  port?: number
  /** Lets nobody in without it. */
  token?: string
}

const bodyMax = 1_000_000
const partial = decisionRequestSchema.partial()
const batchSchema = partial.extend({
  evaluations: z.array(partial).max(1000).optional(),
  options: z.unknown().optional(),
})

class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const addressAt = (port: number): string => `http://127.0.0.1:${port}`

/** Starts an AuthZEN 1.0 decision point over Cedar policies on loopback. */
export async function startDecisionPoint({
  policies,
  port = 0,
  token,
}: DecisionPointOptions): Promise<DecisionPointServer> {
  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown) => ({ status: error instanceof Refusal ? error.status : 500, body: messageOf(error) }))
      .then(({ status, body }) => send(request, response, status, body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('The decision point has no address')
  const address = addressAt(bound.port)

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.url === '/.well-known/authzen-configuration' && request.method === 'GET') {
      const access_evaluation_endpoint = `${address}/access/v1/evaluation`
      const access_evaluations_endpoint = `${address}/access/v1/evaluations`
      return {
        status: 200,
        body: { policy_decision_point: address, access_evaluation_endpoint, access_evaluations_endpoint },
      }
    }
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'Who asks?')
    if (request.method !== 'POST') throw new Refusal(405, 'Questions are posted')
    const body = await readJson(request)
    if (request.url === '/access/v1/evaluation') return { status: 200, body: one(body) }
    if (request.url === '/access/v1/evaluations') return { status: 200, body: many(body) }
    throw new Refusal(404, 'There is nothing here')
  }

  function one(body: unknown): Verdict {
    const question = decisionRequestSchema.strip().safeParse(body)
    if (!question.success) throw new Refusal(400, 'A question has subject, action and resource')
    return decide(policies(), question.data)
  }

  /** An item takes from the whole batch what it leaves out (section 7.1.1). */
  function many(body: unknown): Verdict | { evaluations: Verdict[] } {
    const batch = batchSchema.strip().safeParse(body)
    if (!batch.success) throw new Refusal(400, 'A batch has evaluations')
    const { evaluations = [], options: _, ...defaults } = batch.data
    if (evaluations.length === 0) return one(defaults)
    return { evaluations: evaluations.map((item) => one({ ...defaults, ...item })) }
  }

  return {
    address,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'It failed')

function send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
  const id = request.headers['x-request-id']
  response.writeHead(status, { 'content-type': 'application/json', ...(id !== undefined && { 'x-request-id': id }) })
  response.end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > bodyMax) throw new Refusal(413, 'Too large')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Refusal(400, 'Not JSON')
  }
}
