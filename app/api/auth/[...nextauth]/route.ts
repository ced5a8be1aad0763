import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { v7 as uuidv7 } from 'uuid'
import { authOptions } from '@/lib/access/session'
import { bodyOf } from '@/lib/http/body'
import { forAnybody } from '@/lib/http/limits'
import { refusalResponse } from '@/lib/http/problem'
import { DomainError } from '@/lib/use-cases/errors'

const handler: (request: Request, context: unknown) => Promise<Response> = NextAuth(authOptions)

const bytesMax = 64 * 1024

/** Signing in and out is asked for by somebody who is nobody yet. With signing out, browsers forget what they kept of the pages. */
const limited = (request: Request, context: unknown): Promise<Response> =>
  forAnybody(request, async () => {
    try {
      const answer = await handler(await bounded(request), context)
      if (request.method === 'POST' && new URL(request.url).pathname.endsWith('/signout'))
        answer.headers.set('clear-site-data', '"cache"')
      return answer
    } catch (error) {
      if (error instanceof DomainError) return refusalResponse(error, uuidv7())
      throw error
    }
  })

/** The request with its body read and bounded; as forms are sent, for next-auth would fall over JSON that is none. */
async function bounded(request: Request): Promise<Request> {
  if (request.method === 'GET' || request.method === 'HEAD') return request
  const body = await bodyOf(request, bytesMax)
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')
  if (body?.byteLength && !isForm)
    throw new DomainError('invalid_input', 'Send the body as application/x-www-form-urlencoded.')
  const { url, method, headers } = request
  return new NextRequest(url, { method, headers, ...(body && { body }) })
}

export { limited as GET, limited as POST }
