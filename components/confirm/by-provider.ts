'use client'

import { getCsrfToken } from 'next-auth/react'
import { z } from 'zod'
import { signedInChannel } from '@/lib/access/signed-in-channel'
import { urls } from '@/lib/urls'

const redirectSchema = z.object({ url: z.string() })

/**
 * Has a provider ask the person anew, in a window of its own, so that nothing typed on this page is lost.
 * @returns once that window has come back. @throws Error in words when it cannot be opened.
 */
export async function confirmByProvider(provider: string, signal: AbortSignal): Promise<void> {
  // Opened before anything is waited for: browsers let only a click open windows.
  const opened = window.open('about:blank', '_blank', 'width=520,height=720')
  if (!opened) throw new Error('The browser did not let a window open. Allow windows for this page, and try again.')
  const back = cameBack(signal)
  const body = new URLSearchParams({
    csrfToken: (await getCsrfToken()) ?? '',
    callbackUrl: window.location.origin + urls.signedIn(),
    json: 'true',
  })
  const answer = await fetch(`/api/auth/signin/${provider}?prompt=login&max_age=0`, { method: 'POST', body })
  opened.location.href = redirectSchema.parse(await answer.json()).url
  await back
}

function cameBack(signal: AbortSignal): Promise<void> {
  const channel = new BroadcastChannel(signedInChannel)
  return new Promise<void>((resolve, reject) => {
    channel.onmessage = () => resolve()
    signal.addEventListener('abort', () => reject(new Error('Cancelled')), { once: true })
  }).finally(() => channel.close())
}
