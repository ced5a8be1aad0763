'use client'

import { createSpotlight } from '@mantine/spotlight'

/** The command palette's own state, and how to open it. */
export const [paletteStore, palette] = createSpotlight()

/**
 * Puts the selection right after entries came in above it. Spotlight marks the selected entry in the document and counts
 * it in its state, and moves neither by itself: the first entry stays the one that Enter takes, unless the reader had
 * moved on, who then stays where they are.
 */
export function keepSelection(): void {
  const { listId, selected } = paletteStore.getState()
  const entries = [...(document.getElementById(listId)?.querySelectorAll('[data-action]') ?? [])]
  const marked = entries.findIndex((entry) => entry.hasAttribute('data-selected'))
  const index = selected > 0 && marked > 0 ? marked : 0
  entries[marked]?.removeAttribute('data-selected')
  entries[index]?.setAttribute('data-selected', 'true')
  if (entries.length > 0) paletteStore.updateState((state) => ({ ...state, selected: index }))
}
