'use client'

import { useEffect, useRef } from 'react'
import { isSingleKey } from '@/components/single-keys'
import type { Verdict } from '@/lib/recertification/model'

/** What each key says about the item before one's eyes, or about the chosen ones. */
const verdictKeys: Readonly<Record<string, Verdict>> = {
  c: 'certify',
  x: 'revoke',
  r: 'reassign',
  n: 'not_mine',
  d: 'defer',
}

const chordWithinMs = 1200

interface ReviewKeys {
  decide: (verdict: Verdict) => void
  move: (step: 1 | -1) => void
  toggle: () => void
  undo: () => void
  clear: () => void
}

/** Reviewing without a mouse: `j` `k` move, a letter decides, the space bar chooses, `u` takes back. */
export function useReviewKeys(keys: ReviewKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    let goPressedAt = Number.NEGATIVE_INFINITY
    function press(event: KeyboardEvent) {
      if (!isSingleKey(event)) return
      // `g` and a letter goes to another page; that letter decides nothing.
      const isChord = event.timeStamp - goPressedAt < chordWithinMs
      goPressedAt = event.key === 'g' && !isChord ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (isChord || event.key === 'g') return
      const verdict = verdictKeys[event.key]
      if (verdict) latest.current.decide(verdict)
      else if (event.key === 'j') latest.current.move(1)
      else if (event.key === 'k') latest.current.move(-1)
      else if (event.key === 'u') latest.current.undo()
      else if (event.key === ' ' && isOnRow(event)) latest.current.toggle()
      else if (event.key === 'Escape') latest.current.clear()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

/** The space bar presses buttons and scrolls pages everywhere else. */
const isOnRow = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && target.closest('[data-review-row]') === target
