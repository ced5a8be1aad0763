'use client'

import { useEffect, useState } from 'react'
import type { DelegationGraph } from '@/lib/delegations/model'
import { api } from '../api'

interface GraphQuery {
  /** Only the neighbourhood of this agent. */
  agent?: string | undefined
  steps?: number | undefined
  /** Changes whenever the page was read anew, so that the picture follows. */
  stamp: string
}

/** The graph as the API answers it; the one before stays while the next is on its way. */
export function useGraph({ agent, steps, stamp }: GraphQuery) {
  const [graph, setGraph] = useState<DelegationGraph | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says that something may have changed
  useEffect(() => {
    let current = true
    api('delegations.graph', { ...(agent && { agent }), ...(steps && { steps }) })
      .then((answer) => {
        if (!current) return
        setGraph(answer)
        setProblem(null)
      })
      .catch((error: unknown) => {
        if (current) setProblem(error instanceof Error ? error.message : 'The picture could not be loaded.')
      })
    return () => {
      current = false
    }
  }, [agent, steps, stamp])
  return { graph, problem }
}
