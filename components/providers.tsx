'use client'

import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { setNonce } from 'get-nonce'
import { type ReactNode, useState } from 'react'
import { resolveVariables, theme } from './theme'

interface ProvidersProps {
  /** What style elements have to carry on this page. */
  nonce: string
  children: ReactNode
}

/** What every page stands in: theme and notifications. */
export function Providers({ nonce: given, children }: ProvidersProps) {
  // Refreshed parts of a page come with a nonce of their own, but the browser goes on asking for that of the document.
  const [nonce] = useState(() => {
    // The lock on scrolling behind a dialog adds a style element by itself.
    if (typeof document !== 'undefined') setNonce(given)
    return given
  })
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" />
      {children}
    </MantineProvider>
  )
}
