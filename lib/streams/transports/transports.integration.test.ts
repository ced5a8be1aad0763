import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer as createTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OcsfEvent, ocsfEvent } from '../ocsf/event'
import { fileTransport } from './file'
import { syslogMessage, syslogTransport } from './syslog'
import { webhookTransport } from './webhook'

const at = new Date('2026-11-28T10:00:00.000Z')
const event = (position: number, message = `Event ${position}`): OcsfEvent => ({
  ...ocsfEvent(3004, 3, 4, message, { id: `id-${position}`, position, at, logName: 'audit' }),
  entity: { uid: 'x', type_id: 99 },
})
const batch = (...events: OcsfEvent[]) => ({ id: 'batch-1', events, at })
const signal = AbortSignal.timeout(30_000)
const loopback = ['127.0.0.0/8']

const servers: { close(): unknown }[] = []
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-streams-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) server.close()
  await rm(folder, { recursive: true })
})

async function portOf(server: Server): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

describe('a webhook', () => {
  async function receiver(status: number) {
    const got: { headers: IncomingHttpHeaders; body: string }[] = []
    const server = createServer(async (request, response) => {
      const body = (await request.setEncoding('utf8').toArray()).join('')
      got.push({ headers: request.headers, body })
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    return { got, url: `http://127.0.0.1:${await portOf(server)}/hook` }
  }

  it.each(['ndjson', 'json'] as const)('gets its batch as %s, with a signature that it can check', async (body) => {
    const { got, url } = await receiver(204)
    await webhookTransport({ kind: 'webhook', url, body }, 'a secret', loopback).deliver(
      batch(event(1), event(2, 'Ä 👩‍🚀')),
      signal,
    )
    const [message] = got
    if (!message) throw new Error('nothing came')
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = message.headers
    expect([id, time]).toEqual(['batch-1', String(at.getTime() / 1000)])
    const digest = createHmac('sha256', 'a secret').update(`${id}.${time}.${message.body}`).digest('base64')
    expect(signature).toBe(`v1,${digest}`)
    const events =
      body === 'json'
        ? JSON.parse(message.body)
        : message.body
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
    expect(events.map((each: OcsfEvent) => each.message)).toEqual(['Event 1', 'Ä 👩‍🚀'])
  })

  it.each([302, 400, 500])('that answers %d has not taken it', async (status) => {
    const { url } = await receiver(status)
    const transport = webhookTransport({ kind: 'webhook', url, body: 'json' }, 'a secret', loopback)
    await expect(transport.deliver(batch(event(1)), signal)).rejects.toThrow(/It answer/)
  })

  it('inside a network that nobody allowed is not asked', async () => {
    const { url, got } = await receiver(204)
    const transport = webhookTransport({ kind: 'webhook', url, body: 'json' }, 'a secret', [])
    await expect(transport.deliver(batch(event(1)), signal)).rejects.toThrow(/not a public address/)
    expect(got).toEqual([])
  })
})

describe('a file', () => {
  const linesOf = async (name = 'events.ndjson') =>
    (await readFile(path.join(folder, 'siem', name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).message)
  const transport = (rotateAt?: number) => fileTransport({ kind: 'file', folder: 'siem' }, folder, rotateAt)

  it('grows by a line an event, and loses the half line that a killed process left', async () => {
    await transport().deliver(batch(event(1), event(2)), signal)
    const name = path.join(folder, 'siem', 'events.ndjson')
    await writeFile(name, '{"message":"Event', { flag: 'a' })
    await transport().deliver(batch(event(3)), signal)
    expect(await linesOf()).toEqual(['Event 1', 'Event 2', 'Event 3'])
    await writeFile(name, 'x'.repeat(200_000))
    await transport().deliver(batch(event(4)), signal)
    expect(await linesOf()).toEqual(['Event 4'])
  })

  it('is put aside when it is full', async () => {
    await transport(10).deliver(batch(event(1)), signal)
    await transport(10).deliver(batch(event(2)), signal)
    expect(await linesOf()).toEqual(['Event 2'])
    expect((await readdir(path.join(folder, 'siem'))).sort()).toEqual([
      'events-20261128T100000000Z.ndjson',
      'events.ndjson',
    ])
    expect(await linesOf('events-20261128T100000000Z.ndjson')).toEqual(['Event 1'])
  })

  it('is not written through a link, nor where there is no room for it', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'pentarch-elsewhere-'))
    await symlink(elsewhere, path.join(folder, 'siem'))
    await expect(transport().deliver(batch(event(1)), signal)).rejects.toThrow(/link to another place/)
    await rm(path.join(folder, 'siem'))
    await transport().deliver(batch(event(1)), signal)
    await rm(path.join(folder, 'siem', 'events.ndjson'))
    await symlink(path.join(elsewhere, 'x'), path.join(folder, 'siem', 'events.ndjson'))
    await expect(transport().deliver(batch(event(1)), signal)).rejects.toThrow(/could not be written to \(ELOOP\)/)
    expect(await readdir(elsewhere)).toEqual([])
    await rm(elsewhere, { recursive: true })
  })
})

/** The messages of a byte stream that is framed by octet counting. */
function unframed(bytes: Buffer): string[] {
  const messages: string[] = []
  for (let from = 0; from < bytes.length; ) {
    const space = bytes.indexOf(0x20, from)
    const length = Number(bytes.subarray(from, space).toString())
    messages.push(bytes.subarray(space + 1, space + 1 + length).toString())
    from = space + 1 + length
  }
  return messages
}

describe('syslog', () => {
  const target = (port: number, more: { tls?: boolean; ca?: string } = {}) =>
    ({ kind: 'syslog', host: '127.0.0.1', port, tls: false, ...more }) as const

  it('is RFC 5424 in ASCII, each message with its length before it', async () => {
    const got: Buffer[] = []
    const server = createTcp((socket) => socket.on('data', (data) => got.push(data)))
    const port = await portOf(server)
    const events = [event(1, 'Ä 👩‍🚀 two\nlines'), event(2)]
    await syslogTransport(target(port), loopback).deliver(batch(...events), signal)
    const messages = unframed(Buffer.concat(got))
    expect(messages).toEqual(events.map((each) => syslogMessage(each)))
    const [head, json] = (messages[0] ?? '').split(/ - (?=\{)/)
    expect(head).toMatch(/^<107>1 2026-11-28T10:00:00\.000Z [\x21-\x7e]+ pentarch - 3004$/)
    expect(json).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(json ?? '').message).toBe('Ä 👩‍🚀 two\nlines')
  })

  it('goes by TLS to a receiver whose certificate is trusted, and to no other', async () => {
    // Made for this test alone, for 127.0.0.1, and trusted by nobody else.
    const pem = (name: string) => readFile(path.join(import.meta.dirname, 'testing', name), 'utf8')
    const [key, ca] = await Promise.all([pem('siem-key.pem'), pem('siem-cert.pem')])
    const got: Buffer[] = []
    const server = createTls({ key, cert: ca }, (socket) => socket.on('data', (data) => got.push(data)))
    server.on('tlsClientError', () => undefined)
    const port = await portOf(server)
    await syslogTransport(target(port, { tls: true, ca }), loopback).deliver(batch(event(1)), signal)
    expect(unframed(Buffer.concat(got))).toHaveLength(1)
    await expect(
      syslogTransport(target(port, { tls: true }), loopback).deliver(batch(event(1)), signal),
    ).rejects.toThrow(/secure connection/)
  })

  it('that breaks off has not taken it', async () => {
    const server = createTcp((socket) => socket.on('error', () => undefined).resetAndDestroy())
    const port = await portOf(server)
    const many = Array.from({ length: 2_000 }, (_, index) => event(index))
    await expect(syslogTransport(target(port), loopback).deliver(batch(...many), signal)).rejects.toThrow(
      /closed|reached/,
    )
    server.close()
    await expect(syslogTransport(target(port), loopback).deliver(batch(event(1)), signal)).rejects.toThrow(/reached/)
  })

  it('that does not come to an end in time has not taken it', async () => {
    const server = createTcp({ allowHalfOpen: true }, (socket) => socket.resume().on('error', () => undefined))
    const port = await portOf(server)
    await expect(
      syslogTransport(target(port), loopback).deliver(batch(event(1)), AbortSignal.timeout(300)),
    ).rejects.toThrow(/in time/)
  })
})
