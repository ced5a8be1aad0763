import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { handleApiRequest } from '../handler'

/** The REST API on a free port of this machine, without the rest of the app. */
export interface ServedApi {
  url: string
  close(): void
}

/** Serves the REST API over HTTP until it is closed. For integration tests only. */
export async function serveApi(): Promise<ServedApi> {
  const server = createServer(async (incoming, outgoing) => {
    const response = await handleApiRequest(await toRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : address
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD'
  const chunks = hasBody ? await Readable.from(incoming).toArray() : []
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  })
}
