'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { isSingleKey } from '../single-keys'
import { navItems } from './nav'
import { palette } from './palette'

const chordWithinMs = 1200

/** Keys that work on every page: `/` searches, `?` shows the shortcuts, `g` and a letter goes to a page. */
export function useShellKeys(showShortcuts: () => void): void {
  const router = useRouter()
  useEffect(() => {
    let goPressedAt = Number.NEGATIVE_INFINITY
    function press(event: KeyboardEvent) {
      if (!isSingleKey(event)) return
      const target =
        event.timeStamp - goPressedAt < chordWithinMs ? navItems.find(({ key }) => key === event.key) : undefined
      goPressedAt = event.key === 'g' && !target ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (target) router.push(target.href)
      else if (event.key === '/') palette.open()
      else if (event.key === '?') showShortcuts()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [router, showShortcuts])
}
