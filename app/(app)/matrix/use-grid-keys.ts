'use client'

import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'

export interface GridPosition {
  row: number
  column: number
}

interface GridKeys {
  rowCount: number
  columnCount: number
  /** Brings a row into the drawn part of the list. */
  scrollTo: (row: number) => void
  onEnter: (position: GridPosition) => void
  onToggle: (position: GridPosition, extend: boolean) => void
  onCopy: () => void
  onEscape: () => void
}

const steps: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  j: [1, 0],
  ArrowUp: [-1, 0],
  k: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [15, 0],
  PageUp: [-15, 0],
}

/** Focus moves over a virtual grid by keys (WAI-ARIA grid pattern): one cell is in the tab order, arrows move it. */
export function useGridKeys(frame: RefObject<HTMLElement | null>, keys: GridKeys) {
  const [active, setActive] = useState<GridPosition>({ row: 0, column: 0 })
  const wanted = useRef<GridPosition | null>(null)

  function focusCell({ row, column }: GridPosition): boolean {
    const cell = frame.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)
    cell?.focus()
    return cell !== null && cell !== undefined
  }

  function move(to: GridPosition) {
    const position = {
      row: Math.min(Math.max(to.row, 0), keys.rowCount - 1),
      column: Math.min(Math.max(to.column, 0), keys.columnCount - 1),
    }
    setActive(position)
    keys.scrollTo(position.row)
    // A row outside the drawn part can take the focus only after it is drawn.
    if (!focusCell(position)) wanted.current = position
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target instanceof HTMLAnchorElement) return
    const step = event.ctrlKey || event.metaKey ? undefined : steps[event.key]
    if (step) move({ row: active.row + step[0], column: active.column + step[1] })
    else if (event.key === 'Home') move({ row: event.ctrlKey ? 0 : active.row, column: 0 })
    else if (event.key === 'End')
      move({ row: event.ctrlKey ? keys.rowCount - 1 : active.row, column: keys.columnCount - 1 })
    else if (event.key === 'Enter') keys.onEnter(active)
    else if (event.key === ' ' || event.key === 'x') keys.onToggle(active, event.shiftKey)
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey)) keys.onCopy()
    else if (event.key === 'Escape') keys.onEscape()
    else return
    event.preventDefault()
  }

  return {
    active,
    setActive,
    onKeyDown,
    /** Called after drawing: gives the focus to a cell that was waiting to be drawn. */
    settle: () => {
      if (wanted.current && focusCell(wanted.current)) wanted.current = null
    },
  }
}
