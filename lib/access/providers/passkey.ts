import CredentialsProvider from 'next-auth/providers/credentials'
import { database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { accountOfAssertion, assertionSchema } from '../factors/passkeys'
import { requestOrigin } from '../request-origin'
import { sessionTime } from '../sessions/model'
import { noteFailure, secondsBlocked } from '../store'

/** A passkey, verified with its PIN or biometrics: something one has and knows, in one. */
export const passkeyProvider = CredentialsProvider({
  id: 'passkey',
  name: 'Passkey',
  credentials: { response: { type: 'text' } },
  async authorize(input) {
    const at = sessionTime()
    const { address } = await requestOrigin()
    const attempts = { kind: 'address', key: `address:${address}` } as const
    const seconds = await secondsBlocked(database(), attempts.key, at)
    if (seconds > 0) throw new Error(`blocked:${seconds}`)
    const parsed = assertionSchema.safeParse(readJson(input?.response))
    const accountId = parsed.success ? await accountOfAssertion(database(), parsed.data, at) : null
    if (accountId === null) {
      await noteFailure(database(), attempts, at)
      log.warn({ address }, 'A passkey opened nothing')
      throw new Error('passkey_refused')
    }
    return { id: accountId, signedIn: { accountId, method: 'passkey' as const } }
  },
})

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
