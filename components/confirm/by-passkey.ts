'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { signIn } from 'next-auth/react'

/** Signs in with a passkey. @returns what next-auth says against it, or null when it worked. */
export async function signInByPasskey(): Promise<string | null> {
  const answer = await fetch('/api/sign-in/passkey', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (!answer.ok) return 'unavailable'
  let response: Awaited<ReturnType<typeof startAuthentication>>
  try {
    response = await startAuthentication({ optionsJSON: await answer.json() })
  } catch {
    return 'passkey_cancelled'
  }
  const result = await signIn('passkey', { response: JSON.stringify(response), redirect: false }).catch(() => undefined)
  return result?.ok ? null : (result?.error ?? 'unavailable')
}
