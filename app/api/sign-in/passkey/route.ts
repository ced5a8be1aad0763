import { z } from 'zod'
import { signInOptions } from '@/lib/access/factors/passkeys'
import { sessionTime } from '@/lib/access/sessions/model'
import { database } from '@/lib/db/client'
import { answerAnybody } from '@/lib/http/open-door'

/** What a browser needs to sign in with a passkey: something to sign, good for once. */
export async function POST(request: Request): Promise<Response> {
  return await answerAnybody(request, z.strictObject({}), () => signInOptions(database(), sessionTime()))
}
