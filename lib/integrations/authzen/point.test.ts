import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { askPoint, probePoint } from './point'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

interface Asked {
  path: string
  authorization: string | undefined
  body: unknown
}

/** A decision point that answers as told, and remembers what it was asked. */
async function serving(answer: (asked: Asked, origin: string) => { status?: number; body: unknown }) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const each = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: text ? JSON.parse(text) : null,
    }
    asked.push(each)
    const { status = 200, body } = answer(each, `http://${request.headers.host}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  return { address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`, asked }
}

const options = () => ({
  allowedNetworks: ['127.0.0.0/8'],
  signal: AbortSignal.timeout(10_000),
  sleep: async () => undefined,
})
const question = (id: string) => ({
  subject: { type: 'agent', id },
  action: { name: 'read' },
  resource: { type: 'claim', id: '1' },
})
const questions = [question('a'), question('b'), question('c')]
const missing = { status: 404, body: 'nothing here' }

describe('asking a decision point', () => {
  it('without metadata and without batches goes question by question, answers in their order', async () => {
    const { address, asked } = await serving(({ path, body }) => {
      if (path !== '/access/v1/evaluation') return missing
      return { body: { decision: JSON.stringify(body).includes('"b"') } }
    })
    const answers = await askPoint({ address, credential: { kind: 'bearer', token: 'secret' } }, questions, options())
    expect(answers.map(({ decision }) => decision)).toEqual([false, true, false])
    expect(asked.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true)
  })

  it('takes a batch by position, and a deny that stands for a failure as no answer', async () => {
    const { address } = await serving(({ path }, origin) => {
      if (path === '/.well-known/authzen-configuration/tenant')
        return {
          body: {
            policy_decision_point: `${origin}/tenant`,
            access_evaluation_endpoint: `${origin}/one`,
            access_evaluations_endpoint: `${origin}/many`,
          },
        }
      if (path !== '/many') return missing
      const failed = { decision: false, context: { error: { status: 404, message: 'Resource\nnot found' } } }
      return { body: { decision: true, evaluations: [{ decision: true }, failed] } }
    })
    const answers = await askPoint({ address: `${address}/tenant`, credential: null }, questions, options())
    expect(answers.map(({ decision, error }) => decision ?? error)).toEqual([
      true,
      'It could not evaluate this question: 404 Resource not found',
      'It left this question out of its answer.',
    ])
  })

  it.each([{ decision: 'true' }, { decision: 1 }, {}, [], null])('never takes %j for a decision', async (body) => {
    const { address } = await serving(({ path }) => (path === '/access/v1/evaluation' ? { body } : missing))
    const [answer] = await askPoint({ address, credential: null }, [question('a')], options())
    expect(answer?.decision).toBeNull()
    expect(answer?.error).toMatch(/missing or neither true nor false/)
  })

  it('says what stood in the way of every question', async () => {
    const { address } = await serving(() => ({ status: 401, body: 'Who asks?' }))
    const answers = await askPoint({ address, credential: null }, questions, options())
    expect(answers.map(({ error }) => error)).toEqual(Array(3).fill('It answered with HTTP status 401.'))
  })
})

describe('metadata', () => {
  const refused = async (document: (origin: string) => object) => {
    const { address } = await serving((_, origin) => ({ body: document(origin) }))
    return await probePoint({ address, credential: null }, options()).then(
      () => 'accepted',
      (error: Error) => error.message,
    )
  }

  it('of another decision point is refused', async () => {
    const document = (origin: string) => ({
      policy_decision_point: 'https://pdp.example',
      access_evaluation_endpoint: `${origin}/one`,
    })
    expect(await refused(document)).toMatch(/that of https:\/\/pdp\.example, not of this address/)
  })

  /** Else a published document could have credentials sent wherever it likes. */
  it('that sends questions to another host is refused', async () => {
    const document = (origin: string) => ({
      policy_decision_point: origin,
      access_evaluation_endpoint: 'http://169.254.169.254/one',
    })
    expect(await refused(document)).toMatch(/another host: http:\/\/169\.254\.169\.254/)
  })

  it('that lacks what it needs is refused by name', async () => {
    expect(await refused((origin) => ({ policy_decision_point: origin }))).toMatch(/access_evaluation_endpoint/)
  })
})
