import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type OutboundOptions, openOutbound } from './client'
import { OutboundError } from './errors'
import type { Resolve } from './pin'

const servers: (Server | TcpServer)[] = []
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
})

async function listening(server: Server | TcpServer): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('It has no port')
  return address.port
}

const serving = (listener: RequestListener) => listening(createServer(listener))

const limits = { connectMs: 500, attemptMs: 700, bytesMax: 64 * 1024 }
const waits: number[] = []
const here: OutboundOptions = {
  allowedNetworks: ['127.0.0.0/8'],
  limits,
  sleep: async (ms) => {
    waits.push(ms)
  },
}

async function get(url: string, options: OutboundOptions = here, address = url): Promise<unknown> {
  const outbound = await openOutbound(address, options)
  try {
    return await outbound.json({ method: 'GET', url, signal: AbortSignal.timeout(20_000) })
  } finally {
    await outbound.close()
  }
}

async function failureOf(work: Promise<unknown>): Promise<OutboundError> {
  try {
    await work
  } catch (error) {
    if (error instanceof OutboundError) return error
    throw error
  }
  throw new Error('It answered')
}

const json = { 'content-type': 'application/json' }

describe('a decision point that behaves', () => {
  it('is asked with its own host name, and answers', async () => {
    const port = await serving((request, response) =>
      response.writeHead(200, json).end(JSON.stringify({ host: request.headers.host })),
    )
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const answer = await get(`http://pdp.corp.example:${port}/x`, { ...here, resolve })
    expect(answer).toEqual({ host: `pdp.corp.example:${port}` })
  })
})

describe('a decision point that misbehaves', () => {
  it.each<[string, RequestListener, string, RegExp]>([
    ['never answers', () => undefined, 'timeout', /in time/],
    [
      'drips for ever',
      (_, response) => {
        response.writeHead(200, json)
        const timer = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(timer))
      },
      'timeout',
      /in time/,
    ],
    ['is huge', (_, response) => response.writeHead(200, json).end(`"${'x'.repeat(100_000)}"`), 'too_large', /64 KB/],
    [
      'is endless',
      (_, response) => {
        response.writeHead(200, json)
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        }
        response.on('drain', more)
        more()
      },
      'too_large',
      /larger/,
    ],
    ['is no JSON', (_, response) => response.writeHead(200, json).end('{"decision": tru'), 'malformed', /not JSON/],
    ['is empty', (_, response) => response.writeHead(200, json).end(), 'malformed', /not JSON/],
    [
      'is no UTF-8',
      (_, response) => response.writeHead(200, json).end(Buffer.from([34, 255, 34])),
      'malformed',
      /UTF-8/,
    ],
    [
      'is deep',
      (_, response) => response.writeHead(200, json).end('['.repeat(5000) + ']'.repeat(5000)),
      'malformed',
      /deep/,
    ],
    [
      'lies about its type',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello'),
      'not_json',
      /text\/html/,
    ],
    ['has no type', (_, response) => response.writeHead(200).end('{}'), 'not_json', /nothing/],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
      'redirect',
      /169\.254\.169\.254/,
    ],
    ['fails', (_, response) => response.writeHead(500, json).end('{"decision":true}'), 'status', /500/],
    ['closes early', (request) => request.socket.destroy(), 'unreachable', /closed the connection/],
    [
      'promises more than it sends',
      (_, response) => {
        response.writeHead(200, { ...json, 'content-length': '100' }).write('{}')
        setTimeout(() => response.destroy(), 50)
      },
      'malformed',
      /not as long/,
    ],
    [
      'floods the headers',
      (_, response) => response.writeHead(200, { ...json, 'x-flood': 'x'.repeat(40_000) }).end('{}'),
      'too_large',
      /headers/,
    ],
  ])('that %s is an error of its own', async (_, listener, failure, message) => {
    const error = await failureOf(get(`http://127.0.0.1:${await serving(listener)}/`))
    expect(error.failure).toBe(failure)
    expect(error.message).toMatch(message)
  })

  it('that speaks no HTTP is an error of its own', async () => {
    const port = await listening(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n', () => socket.destroy())))
    expect(await failureOf(get(`http://127.0.0.1:${port}/`))).toMatchObject({ failure: 'malformed' })
  })

  it('that is not there is an error of its own', async () => {
    const server = createServer()
    const port = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await failureOf(get(`http://127.0.0.1:${port}/`))).toMatchObject({ failure: 'unreachable' })
  })
})

describe('another attempt', () => {
  it.each([429, 502, 503, 504])('is made after %i, at most twice, waiting longer', async (status) => {
    waits.length = 0
    let asked = 0
    const port = await serving((_, response) => {
      asked += 1
      if (asked < 3) response.writeHead(status).end()
      else response.writeHead(200, json).end('{}')
    })
    expect(await get(`http://127.0.0.1:${port}/`)).toEqual({})
    expect(waits).toEqual([250, 1000])
  })

  it.each([400, 401, 403, 404, 500])('is not made after %i', async (status) => {
    let asked = 0
    const port = await serving((_, response) => {
      asked += 1
      response.writeHead(status).end()
    })
    expect(await failureOf(get(`http://127.0.0.1:${port}/`))).toMatchObject({ status })
    expect(asked).toBe(1)
  })

  it('gives up after the third', async () => {
    let asked = 0
    const port = await serving((_, response) => {
      asked += 1
      response.writeHead(503).end()
    })
    expect(await failureOf(get(`http://127.0.0.1:${port}/`))).toMatchObject({ failure: 'status', status: 503 })
    expect(asked).toBe(3)
  })
})

describe('an exchange of another protocol', () => {
  const exchange = async (port: number, body: Uint8Array) => {
    const url = `http://127.0.0.1:${port}/x`
    const outbound = await openOutbound(url, here)
    try {
      return await outbound.exchange({ method: 'POST', url, body, signal: AbortSignal.timeout(20_000) })
    } finally {
      await outbound.close()
    }
  }

  it('gives back bytes, headers and whatever status came', async () => {
    const port = await serving((request, response) => {
      response.writeHead(409, { 'content-type': 'application/x-other' })
      request.pipe(response)
    })
    const { status, headers, bytes } = await exchange(port, Buffer.from([0, 255, 7]))
    expect([status, headers['content-type'], [...bytes]]).toEqual([409, 'application/x-other', [0, 255, 7]])
  })

  it('follows no redirect, and reads no answer that is too large', async () => {
    const moved = await serving((_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end())
    expect(await failureOf(exchange(moved, Buffer.alloc(0)))).toMatchObject({ failure: 'redirect', status: 302 })
    const large = await serving((_, response) => response.end(Buffer.alloc(limits.bytesMax + 1)))
    expect(await failureOf(exchange(large, Buffer.alloc(0)))).toMatchObject({ failure: 'too_large' })
  })
})

describe('where a request may go', () => {
  const nowhere: OutboundOptions = { ...here, allowedNetworks: [] }
  const resolvingTo =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

  it.each([
    ...['http://127.0.0.1/', 'https://127.0.0.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/'],
    ...['http://127.1/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://0/'],
    ...['http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/', 'http://[fd00::1]/', 'http://localhost/'],
  ])('is not %s', async (url) => {
    expect(await failureOf(get(url, nowhere))).toMatchObject({ failure: 'refused_address' })
  })

  it('is not a name that leads to a private address, whatever else it leads to', async () => {
    const resolve = resolvingTo('93.184.216.34', '10.0.0.7')
    const error = await failureOf(get('https://pdp.example/', { ...nowhere, resolve }))
    expect(error.failure).toBe('refused_address')
    expect(error.message).toContain('pdp.example (10.0.0.7)')
  })

  it('is not the public internet without https', async () => {
    const resolve = resolvingTo('93.184.216.34')
    expect(await failureOf(get('http://pdp.example/', { ...nowhere, resolve }))).toMatchObject({ failure: 'insecure' })
  })

  it('is not a name that nobody knows', async () => {
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    expect(await failureOf(get('https://pdp.example/', { ...here, resolve }))).toMatchObject({
      failure: 'unknown_name',
    })
  })

  /** A name that resolves otherwise at the second look-up (DNS rebinding) gets no second look-up. */
  it('is the address that was judged, however the name resolves later', async () => {
    const port = await serving((_, response) => response.writeHead(200, json).end('{}'))
    let lookups = 0
    const resolve = async () => {
      lookups += 1
      return [{ address: lookups === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    }
    const url = `http://rebinding.example:${port}/`
    const outbound = await openOutbound(url, { ...here, resolve })
    for (let times = 0; times < 3; times += 1)
      expect(await outbound.json({ method: 'GET', url, signal: AbortSignal.timeout(5_000) })).toEqual({})
    await outbound.close()
    expect(lookups).toBe(1)
  })

  it('is not another host than the one that was judged', async () => {
    const error = await failureOf(get('http://127.0.0.2:1/', here, 'http://127.0.0.1:1/'))
    expect(error.failure).toBe('bad_address')
  })

  it.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://user:password@127.0.0.1/', 'nothing'])(
    'is not %s',
    async (url) => expect(await failureOf(get(url))).toMatchObject({ failure: 'bad_address' }),
  )
})
