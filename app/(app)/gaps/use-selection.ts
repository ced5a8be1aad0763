'use client'

import { useEffect, useState } from 'react'
import { isSingleKey } from '@/components/single-keys'

/** Marks a row of a list by the id of what it shows. */
export const rowIdAttribute = 'data-row-id'

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before)
  if (!after.delete(id)) after.add(id)
  return after
}

/** The chosen rows of a list: by their boxes, or with `x` on the row that `j` and `k` have led to; Escape lets go. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (!isSingleKey(event)) return
      if (event.key === 'Escape') setSelected(new Set())
      if (event.key !== 'x') return
      const row = document.activeElement?.closest('tr')?.querySelector(`[${rowIdAttribute}]`)
      const id = row?.getAttribute(rowIdAttribute)
      if (!id) return
      event.preventDefault()
      setSelected((before) => toggled(before, id))
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])

  return {
    selected,
    toggle: (id: string) => setSelected((before) => toggled(before, id)),
    choose: (ids: readonly string[]) => setSelected(new Set(ids)),
  }
}
