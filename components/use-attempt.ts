'use client'

import { useState } from 'react'

/** Runs an action of a dialog once at a time; closes the dialog on success, keeps it open with the problem on failure. */
export function useAttempt<Arguments extends unknown[]>(
  action: (...given: Arguments) => Promise<void>,
  onDone: () => void,
) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function run(...given: Arguments) {
    setPending(true)
    setProblem(null)
    try {
      await action(...given)
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    } finally {
      setPending(false)
    }
  }
  return { pending, problem, run }
}
