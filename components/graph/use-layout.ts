'use client'

import { useEffect, useState } from 'react'
import type { DelegationGraph } from '@/lib/delegations/model'
import type { Positions } from './layout-model'

interface Laid {
  graph: DelegationGraph
  positions: Positions
}

/** Lays a graph out in a worker: null until it is done. */
export function useLayout(graph: DelegationGraph | null): Laid | null {
  const [laid, setLaid] = useState<Laid | null>(null)
  useEffect(() => {
    if (!graph) return
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Positions>) => setLaid({ graph, positions: data })
    worker.postMessage({
      agents: graph.agents.map(({ id, depth }) => ({ id, depth })),
      delegations: graph.delegations.map(({ from, to }) => ({ from, to })),
    })
    return () => worker.terminate()
  }, [graph])
  return laid
}
