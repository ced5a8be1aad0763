'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { RoutePreview } from '@/lib/registry/bindings/route-model'
import type { PathMode } from '@/lib/registry/model'
import { api } from '../api'

interface Wanted {
  point: string | null
  tools: readonly string[]
  mode: PathMode
  position: 'first' | 'before_application'
}

interface Asked {
  key: string
  answer: RoutePreview | null
  problem: string | null
}

const choosingPauseMs = 250

/** What the route that is being put together would do, as soon as it says enough. */
export function useRoutePreview({ point, tools, mode, position }: Wanted) {
  const wanted = point !== null && tools.length > 0 ? JSON.stringify({ point, tools, mode, position }) : ''
  const [key] = useDebouncedValue(wanted, choosingPauseMs)
  const [asked, setAsked] = useState<Asked>({ key: '', answer: null, problem: null })
  useEffect(() => {
    if (key === '') return
    let current = true
    const take = (answer: RoutePreview | null, problem: string | null) => current && setAsked({ key, answer, problem })
    api('bindings.previewRoute', JSON.parse(key))
      .then((answer) => take(answer, null))
      .catch((error: unknown) => take(null, error instanceof Error ? error.message : 'It could not be counted.'))
    return () => {
      current = false
    }
  }, [key])
  const isCurrent = wanted !== '' && asked.key === wanted
  return {
    answer: isCurrent ? asked.answer : null,
    problem: isCurrent ? asked.problem : null,
    pending: wanted !== '' && !isCurrent,
  }
}
