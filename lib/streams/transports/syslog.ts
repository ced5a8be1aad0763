import 'server-only'
import { connect as connectPlain, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { outboundErrorOf } from '@/lib/outbound/errors'
import { pinHost, type Resolve, resolveBySystem } from '@/lib/outbound/pin'
import type { SyslogTarget } from '../model'
import type { OcsfEvent } from '../ocsf/event'
import { DeliveryError, type Transport } from './transport'

/** `log audit` (RFC 5424, table 1). */
const facility = 13
/** The severity of RFC 5424 for each `severity_id` of OCSF; informational for those not named. */
const severities: Readonly<Record<number, number>> = { 2: 5, 3: 4, 4: 3, 5: 2, 6: 0 }
const deadlineMs = 15_000

/** Printable ASCII without spaces, as header fields of RFC 5424 take it. */
const headerField = (text: string, max: number) => text.replace(/[^\x21-\x7e]/g, '_').slice(0, max) || '-'

/**
 * An event as a message of RFC 5424. Its text is JSON in ASCII alone, so that receivers agree on it with and without
 * looking for a byte order mark.
 */
export function syslogMessage(event: OcsfEvent, host = hostname()): string {
  const priority = facility * 8 + (severities[event.severity_id] ?? 6)
  const head = [event.time_dt, headerField(host, 255), 'pentarch', '-', String(event.class_uid), '-'].join(' ')
  return `<${priority}>1 ${head} ${ascii(JSON.stringify(event))}`
}

const ascii = (json: string) =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A message with its length before it (RFC 6587, 3.4.1; RFC 5425, 4.3). */
const framed = (message: string) => `${Buffer.byteLength(message)} ${message}`

/**
 * Sends batches by TCP or TLS, one connection each. Syslog knows no receipts: a batch counts as delivered when the
 * receiver, told that nothing more comes, has read to the end and closed the connection without an error.
 */
export function syslogTransport(
  target: SyslogTarget,
  allowedNetworks: readonly string[],
  resolve: Resolve = resolveBySystem,
): Transport {
  return {
    async deliver({ events }, signal) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
      try {
        await handOver(await connectionTo(target, allowedNetworks, resolve), events, deadline)
      } catch (error) {
        throw error instanceof DeliveryError ? error : outboundErrorOf(error, deadline)
      }
    },
  }
}

async function connectionTo(
  { host, port, tls, ca }: SyslogTarget,
  allowedNetworks: readonly string[],
  resolve: Resolve,
): Promise<Socket> {
  // The same judgement as for requests: without encryption to private networks alone.
  const url = URL.parse(`${tls ? 'https' : 'http'}://${host}:${port}`)
  if (!url) throw new DeliveryError(`${host}:${port} is no address.`)
  const [first] = await pinHost(url, allowedNetworks, resolve)
  if (!first) throw new DeliveryError(`The name ${host} could not be resolved.`)
  const place = { host: first.address, port, allowHalfOpen: true }
  if (!tls) return connectPlain(place)
  const isName = /[a-z]/i.test(host) && !host.includes(':')
  return connectTls({ ...place, ...(isName && { servername: host }), ...(ca !== undefined && { ca }) })
}

async function handOver(socket: Socket, events: readonly OcsfEvent[], deadline: AbortSignal): Promise<void> {
  const abort = () => socket.destroy(new Error('It did not take the events in time.'))
  deadline.addEventListener('abort', abort, { once: true })
  try {
    if (deadline.aborted) abort()
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('close', (hadError: boolean) => {
        if (!hadError) resolve()
      })
      // Whatever it says is of no use; reading it is what lets its end be noticed.
      socket.resume()
      for (const event of events) socket.write(framed(syslogMessage(event)))
      socket.end()
    })
  } finally {
    deadline.removeEventListener('abort', abort)
    socket.destroy()
  }
}
