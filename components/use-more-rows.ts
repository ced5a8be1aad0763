'use client'

import { useState } from 'react'

/** Fetches the page after the given cursor. */
export type LoadMore<Row> = (cursor: string) => Promise<{ rows: Row[]; next: string | null }>

/** The first page and what was loaded after it. A new first page (other filters, a write) starts over. */
export function useMoreRows<Row>(first: Row[], firstNext: string | null, loadMore: LoadMore<Row> | undefined) {
  const [later, setLater] = useState<{ of: Row[]; rows: Row[]; next: string | null } | null>(null)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const current = later?.of === first ? later : { of: first, rows: first, next: firstNext }

  async function load() {
    if (pending || current.next === null || !loadMore) return
    setPending(true)
    setProblem(null)
    try {
      const page = await loadMore(current.next)
      setLater({ of: first, rows: [...current.rows, ...page.rows], next: page.next })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The next rows could not be loaded. Try again.')
    } finally {
      setPending(false)
    }
  }
  return { rows: current.rows, next: loadMore ? current.next : null, pending, problem, load }
}
