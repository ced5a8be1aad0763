'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useOptimistic, useTransition } from 'react'
import { type Query, queryString } from '@/lib/urls'

/** A changed view starts at its first page. */
const cursorParam = 'cursor'

/**
 * The view in the address bar: reads its values, builds the address of a changed view, goes there. While the server
 * makes the new view, the values are already the new ones: a box is ticked at once, and a second change adds to the first.
 */
export function useUrlState() {
  const router = useRouter()
  const pathname = usePathname()
  const [pending, startTransition] = useTransition()
  const [params, showParams] = useOptimistic<Pick<URLSearchParams, 'get' | 'keys'>>(useSearchParams())

  const list = (name: string) => params.get(name)?.split(',').filter(Boolean) ?? []
  const href = (changes: Query) => {
    const current: Record<string, string | readonly string[]> = {}
    for (const name of params.keys()) if (name !== cursorParam) current[name] = list(name)
    return pathname + queryString({ ...current, ...changes })
  }
  return {
    pending,
    list,
    value: (name: string) => params.get(name) ?? '',
    href,
    go(changes: Query) {
      const address = href(changes)
      startTransition(() => {
        showParams(new URL(address, window.location.origin).searchParams)
        router.replace(address, { scroll: false })
      })
    },
  }
}
