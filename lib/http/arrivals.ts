import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage, ServerResponse } from 'node:http'
import { clientAddress, trustedProxies } from './client-address'
import { isHttps } from './cookies'

/** Two years, as lists of such hosts ask for (RFC 6797). */
const strictTransport = 'max-age=63072000; includeSubDomains'

/**
 * What stands in for TRACE (RFC 9110, section 9.3.8), which is answered with the request itself, secrets of proxies included:
 * the web's own requests cannot carry it, and Next falls over it.
 */
const nothingAsked = { method: 'GET', url: '/api/trace' }

const saidByProxies = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded']

/**
 * Does to each request, where it comes in, what only the socket and the settings of this process know: leaves in
 * X-Forwarded-For the one address that can be believed, for Next takes over whatever a client sent, and of what else proxies
 * say nothing when there are none; and has every answer,
 * errors and files too, say that this host is asked over HTTPS alone, when it is. Node tells of requests before it hands
 * them to anybody.
 */
export function attendToArrivals(env: NodeJS.ProcessEnv = process.env): void {
  const proxies = trustedProxies(env)
  const https = isHttps(env)
  subscribe('http.server.request.start', (arrival) => {
    if (!(arrival instanceof Object) || !('request' in arrival) || !('response' in arrival)) return
    const { request, response } = arrival
    if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return
    const forwarded = request.headers['x-forwarded-for']
    const said = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
    request.headers['x-forwarded-for'] = clientAddress(request.socket.remoteAddress, said, proxies)
    // By which name and protocol it came is a proxy's to say. Without one, whoever says it is a client.
    if (proxies === 0) for (const name of saidByProxies) delete request.headers[name]
    if (request.method === 'TRACE') Object.assign(request, nothingAsked)
    if (https) response.setHeader('strict-transport-security', strictTransport)
  })
}

/** Whom a request came from: what was left in X-Forwarded-For on its arrival. */
export const addressOf = (headers: Headers): string => headers.get('x-forwarded-for') ?? 'unknown'
