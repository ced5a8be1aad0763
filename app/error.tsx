'use client'

import { Button } from '@mantine/core'
import { ErrorState } from '@/components/error-state'

/** What is shown when a page fails. The text says nothing of the cause; the reference finds it in the log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <ErrorState
      page
      problem="This page could not be shown"
      fix="Nothing was changed. Try again; if it stays, give the reference to whoever runs Pentarch."
      reference={error.digest}
      action={<Button onClick={reset}>Try again</Button>}
    />
  )
}
