'use client'

import { type RefObject, useEffect } from 'react'
import { isSingleKey } from './single-keys'

/**
 * `j` and `k` step through a list: they move the focus to the next or previous link marked `data-list-item`,
 * so that Enter, middle click and a screen reader work as on any link.
 */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function step(event: KeyboardEvent) {
      if ((event.key !== 'j' && event.key !== 'k') || !isSingleKey(event)) return
      const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-list-item]') ?? [])]
      const row = document.activeElement?.closest('tr, li')
      const at = items.findIndex((item) => item === document.activeElement || (row?.contains(item) ?? false))
      const next = items[event.key === 'j' ? at + 1 : Math.max(at - 1, 0)]
      if (!next) return
      event.preventDefault()
      next.focus()
      next.scrollIntoView({ block: 'nearest' })
    }
    document.addEventListener('keydown', step)
    return () => document.removeEventListener('keydown', step)
  }, [list])
}
