'use client'

import { useEffect } from 'react'
import { signedInChannel } from '@/lib/access/signed-in-channel'

/** Tells the windows of this site that somebody has signed in, and closes this one where the browser lets it. */
export function CloseWindow() {
  useEffect(() => {
    const channel = new BroadcastChannel(signedInChannel)
    channel.postMessage(null)
    channel.close()
    window.close()
  }, [])
  return null
}
