import NextAuth from 'next-auth'
import { authOptions } from '@/lib/access/session'
import { forAnybody } from '@/lib/http/limits'

const handler: (request: Request, context: unknown) => Promise<Response> = NextAuth(authOptions)

/** Signing in and out is asked for by somebody who is nobody yet. */
const limited = (request: Request, context: unknown): Promise<Response> =>
  forAnybody(request, () => handler(request, context))

export { handler as GET, limited as POST }
