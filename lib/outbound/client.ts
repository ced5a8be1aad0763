import 'server-only'
import type { Readable } from 'node:stream'
import { setTimeout as sleepMs } from 'node:timers/promises'
import { Agent, type Dispatcher, request } from 'undici'
import { parseJson, readLimited } from './body'
import { OutboundError, outboundErrorOf } from './errors'
import { pinHost, pinnedLookup, type Resolve, resolveBySystem } from './pin'

/** How long a request may take and how much may come back. */
export interface OutboundLimits {
  connectMs: number
  /** Of one attempt, from the first byte sent to the last received. */
  attemptMs: number
  bytesMax: number
}

export const outboundLimits: OutboundLimits = { connectMs: 3_000, attemptMs: 10_000, bytesMax: 256 * 1024 }

/** A client certificate with its key, in PEM. */
export interface ClientCertificate {
  certificate: string
  key: string
}

export interface OutboundOptions {
  /** Private networks that may be reached (the setting `outbound`). */
  allowedNetworks: readonly string[]
  clientCertificate?: ClientCertificate
  limits?: OutboundLimits
  resolve?: Resolve
  /** Waits between attempts; ends early when the caller gives up. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT'
  /** Has to be at the connection's own origin. */
  url: string
  headers?: Record<string, string>
  json?: unknown
  /** Sent as it is, under the content type that the headers name; instead of `json`. */
  body?: string | Uint8Array | Readable
  /** When the caller gives up altogether. */
  signal: AbortSignal
}

/** What the other side answered, whatever its status says. */
export interface OutboundAnswer {
  status: number
  headers: Record<string, string>
  bytes: Uint8Array
}

/** A connection to one origin, at the addresses that were judged when it was opened. */
export interface Outbound {
  /** Asks, and parses the JSON that comes with 200. @throws OutboundError for everything else. */
  json(asked: OutboundRequest): Promise<unknown>
  /** Hands something over once, and takes any 2xx as thanks; what comes back is not read. @throws OutboundError. */
  send(asked: OutboundRequest): Promise<void>
  /** Asks once for a protocol that has its own meaning for statuses. @throws OutboundError for a redirect, or when nothing usable came. */
  exchange(asked: OutboundRequest): Promise<OutboundAnswer>
  close(): Promise<void>
}

/** Waits before the second and the third attempt. */
const waitsMs = [250, 1_000]
const passing = new Set([429, 502, 503, 504])
const isJson = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/**
 * Opens the one door through which Pentarch asks other systems: the host is resolved once and every address judged,
 * connections go nowhere else, redirects are not followed, sizes and times are bounded.
 * @throws OutboundError when the address is none, or leads where nothing may be sent.
 */
export async function openOutbound(address: string, options: OutboundOptions): Promise<Outbound> {
  const { allowedNetworks, clientCertificate, resolve = resolveBySystem, limits = outboundLimits } = options
  const sleep = options.sleep ?? ((ms, signal) => sleepMs(ms, undefined, { signal }))
  const base = URL.parse(address)
  if (!base || !/^https?:$/.test(base.protocol) || base.username || base.password)
    throw new OutboundError(
      'bad_address',
      'It has to be an address with http or https, without user name and password.',
    )
  const addresses = await pinHost(base, allowedNetworks, resolve)
  const agent = new Agent({
    connect: {
      lookup: pinnedLookup(addresses),
      timeout: limits.connectMs,
      ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
    },
    headersTimeout: limits.attemptMs,
    bodyTimeout: limits.attemptMs,
    maxHeaderSize: 16 * 1024,
    connections: 4,
    pipelining: 0,
  })

  async function attempt<Answer>(
    asked: OutboundRequest,
    read: (answer: Dispatcher.ResponseData) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const deadline = AbortSignal.any([asked.signal, AbortSignal.timeout(limits.attemptMs)])
    try {
      const answer = await request(asked.url, {
        dispatcher: agent,
        method: asked.method,
        signal: deadline,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          ...(asked.json !== undefined && { 'content-type': 'application/json' }),
          ...asked.headers,
        },
        ...(asked.json !== undefined && { body: JSON.stringify(asked.json) }),
        ...(asked.body !== undefined && { body: asked.body }),
      })
      return await read(answer)
    } catch (error) {
      throw outboundErrorOf(error, deadline)
    }
  }

  const assertSameOrigin = ({ url }: OutboundRequest) => {
    if (URL.parse(url)?.origin !== base?.origin)
      throw new OutboundError('bad_address', 'It is at another host than the one that was checked.')
  }
  const readJson = (answer: Dispatcher.ResponseData) => readAnswer(answer, limits.bytesMax)

  return {
    async json(asked) {
      assertSameOrigin(asked)
      for (const waitMs of waitsMs) {
        try {
          return await attempt(asked, readJson)
        } catch (error) {
          if (!isPassing(error) || asked.signal.aborted) throw error
          await sleep(waitMs, asked.signal).catch(() => undefined)
        }
      }
      return await attempt(asked, readJson)
    },
    async send(asked) {
      assertSameOrigin(asked)
      await attempt(asked, acceptThanks)
    },
    async exchange(asked) {
      assertSameOrigin(asked)
      return await attempt(asked, (answer) => readAnything(answer, limits.bytesMax))
    },
    close: () => agent.destroy(),
  }
}

/** Takes any 2xx; of what comes with it nothing is read. */
function acceptThanks({ statusCode, headers, body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined).destroy()
  if (statusCode >= 200 && statusCode < 300) return
  throw (
    redirectOf(statusCode, headers) ??
    new OutboundError('status', `It answered with HTTP status ${statusCode}.`, statusCode)
  )
}

/** Whether asking again may help: the connection failed, or the other side said so. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof OutboundError)) return false
  return error.failure === 'unreachable' || (error.status !== null && passing.has(error.status))
}

async function readAnything(answer: Dispatcher.ResponseData, bytesMax: number): Promise<OutboundAnswer> {
  const { statusCode: status, headers, body } = answer
  const redirect = redirectOf(status, headers)
  if (redirect) {
    body.on('error', () => undefined).destroy()
    throw redirect
  }
  const bytes = await readLimited(body, bytesMax)
  return {
    status,
    headers: Object.fromEntries(Object.keys(headers).map((name) => [name, one(headers[name]) ?? ''])),
    bytes,
  }
}

async function readAnswer(answer: Dispatcher.ResponseData, bytesMax: number): Promise<unknown> {
  const { statusCode, headers, body } = answer
  const refusal = refusalOf(statusCode, headers)
  if (refusal) {
    // Not read: nothing of an error's body is of use, and it may be endless.
    body.on('error', () => undefined).destroy()
    throw refusal
  }
  return parseJson(await readLimited(body, bytesMax))
}

const one = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

type Headers = Record<string, string | string[] | undefined>

function redirectOf(status: number, headers: Headers): OutboundError | null {
  if (status < 300 || status >= 400) return null
  const location = one(headers.location)
  const target = location === undefined ? '' : ` to ${location.slice(0, 200).replace(/[^\x21-\x7e]/g, '?')}`
  return new OutboundError('redirect', `It answers with a redirect${target}, which is not followed.`, status)
}

function refusalOf(status: number, headers: Headers): OutboundError | null {
  const redirect = redirectOf(status, headers)
  if (redirect) return redirect
  if (status !== 200) return new OutboundError('status', `It answered with HTTP status ${status}.`, status)
  const type = one(headers['content-type'])
  if (type === undefined || !isJson.test(type)) {
    const said = type === undefined ? 'nothing' : type.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')
    return new OutboundError('not_json', `Its answer says it is ${said}, not application/json.`)
  }
  return null
}
