import { DomainError } from '@/lib/use-cases/errors'
import { JsonDepth } from './json-depth'

const depthMax = 64

/**
 * The body in full, within its limits whatever Content-Length says or leaves out: its size, and how deep lists and objects
 * nest. Undefined when there is none.
 * @throws DomainError `too_large`, or `invalid_input` for what nests too deep.
 */
export async function bodyOf(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const tooLarge = () =>
    new DomainError('too_large', `A request may have ${(bytesMax / 1024).toLocaleString('en')} KB here.`)
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge()
  if (!request.body) return undefined
  const chunks: Uint8Array[] = []
  const depth = new JsonDepth()
  let length = 0
  for await (const chunk of request.body) {
    length += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (length > bytesMax) throw tooLarge()
    if (depth.after(chunk) > depthMax)
      throw new DomainError('invalid_input', `Lists and objects of the body may nest ${depthMax} levels deep.`)
    chunks.push(chunk)
  }
  const body = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}

/** The request as the router takes it: its body read and bounded, HEAD asked as the GET it is (the server drops the body). */
export async function bounded(request: Request, bytesMax: number): Promise<Request> {
  const { url, method, headers } = request
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method: 'GET', headers })
  const body = await bodyOf(request, bytesMax)
  if (body?.byteLength && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new DomainError('invalid_input', 'Send the body as JSON, with the content type application/json.')
  }
  return new Request(url, { method, headers, ...(body && { body }) })
}
