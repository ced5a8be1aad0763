'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { OutputOf } from '@/lib/http/client'
import { api } from '../api'

type Found = OutputOf<'search.find'>

const typingPauseMs = 180
const lettersMin = 2

const nothing: Found = { agents: [], tools: [], teams: [], people: [] }

/**
 * The agents, tools, teams and people whose name holds the text, once typing pauses. A look-up that is overtaken by more
 * typing is aborted. While one is on its way, what was found for the text before it stays, so that nothing jumps.
 */
export function useFoundRecords(text: string): { found: Found; pending: boolean; failed: boolean } {
  const [settled] = useDebouncedValue(text, typingPauseMs)
  const [answer, setAnswer] = useState<{ text: string; found: Found; failed: boolean } | null>(null)
  const isAsked = text.length >= lettersMin

  useEffect(() => {
    if (settled.length < lettersMin) return
    const controller = new AbortController()
    api('search.find', { q: settled }, { signal: controller.signal })
      .then((found) => setAnswer({ text: settled, found, failed: false }))
      .catch(() => {
        if (!controller.signal.aborted) setAnswer({ text: settled, found: nothing, failed: true })
      })
    return () => controller.abort()
  }, [settled])

  return {
    found: (isAsked && answer?.found) || nothing,
    pending: isAsked && answer?.text !== text,
    failed: isAsked && answer?.text === text && answer.failed,
  }
}
