'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

export interface Page<Row> {
  rows: Row[]
  next: string | null
}

interface HeldPage<Row> extends Page<Row> {
  cursor: string | undefined
  stale: boolean
}

/**
 * A long list by key-set pages: the next page is fetched as its end comes near, and after a write every page is stale
 * and fetched again when it is looked at, so that a list of a thousand pages costs what is on screen.
 */
export function useKeysetPages<Row>(first: Page<Row>, fetchPage: (cursor: string | undefined) => Promise<Page<Row>>) {
  const [pages, setPages] = useState<HeldPage<Row>[]>([{ ...first, cursor: undefined, stale: false }])
  const [problem, setProblem] = useState<string | null>(null)
  const [of, setOf] = useState(first)
  const busy = useRef(false)
  const generation = useRef(0)
  // Another view (or the server's fresh answer for this one) starts over.
  if (of !== first) {
    setOf(first)
    setPages([{ ...first, cursor: undefined, stale: false }])
    setProblem(null)
  }
  // Answers of an earlier view must not land in this one. (Not on mount: rows may have been asked for already.)
  const shown = useRef(first)
  useEffect(() => {
    if (shown.current === first) return
    shown.current = first
    generation.current += 1
    busy.current = false
  }, [first])

  const fetchInto = useCallback(
    async (index: number, cursor: string | undefined) => {
      if (busy.current) return
      busy.current = true
      const started = generation.current
      try {
        const page = await fetchPage(cursor)
        if (generation.current !== started) return
        setProblem(null)
        setPages((held) => [...held.slice(0, index), { ...page, cursor, stale: false }, ...held.slice(index + 1)])
      } catch (error) {
        if (generation.current === started)
          setProblem(error instanceof Error ? error.message : 'The rows could not be loaded.')
      } finally {
        if (generation.current === started) busy.current = false
      }
    },
    [fetchPage],
  )

  const rows = pages.flatMap((page) => page.rows)
  const next = pages.at(-1)?.next ?? null

  /** Tells which rows are on screen: their pages are freshened when stale, and the next page is fetched near the end. */
  function look(firstRow: number, lastRow: number) {
    if (busy.current || problem) return
    let start = 0
    for (const [index, page] of pages.entries()) {
      const end = start + page.rows.length
      if (page.stale && start <= lastRow && end >= firstRow) {
        void fetchInto(index, page.cursor)
        return
      }
      start = end
    }
    if (next !== null && lastRow >= rows.length - 40) void fetchInto(pages.length, next)
  }

  return {
    rows,
    more: next !== null,
    problem,
    look,
    retry: () => setProblem(null),
    refresh: () => setPages((held) => held.map((page) => ({ ...page, stale: true }))),
  }
}
