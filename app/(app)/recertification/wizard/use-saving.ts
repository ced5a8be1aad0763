'use client'

import { useRef } from 'react'
import { api } from '@/components/api'
import type { Typed } from './use-campaign-form'

/** The draft that stands on the server, as far as saving goes. */
export interface SavedDraft {
  slug: string
  version: number
}

/** What a save sends; the owner only when somebody else than before is named. */
const contentOf = ({ values, definition }: Typed, ownerBefore: string | null) => ({
  name: values.name.trim(),
  description: values.description.trim(),
  definition,
  ...(values.owner !== null && values.owner !== ownerBefore && { owner: values.owner }),
})

/**
 * Saves a campaign that was not launched: makes the draft the first time, edits it afterwards, and sends nothing when
 * nothing was changed since. What starts it saves first, and may be refused afterwards: then the draft is there already.
 */
export function useSaving(
  draft: SavedDraft | null,
  template: string | null,
  ownerBefore: string | null,
  saved: Typed | null,
) {
  const standing = useRef(draft)
  const sent = useRef(saved && JSON.stringify(contentOf(saved, ownerBefore)))
  // A newer version that the page was brought up to date with is the one to edit from now on.
  if (draft && standing.current && draft.version > standing.current.version) standing.current = draft

  return async function save(typed: Typed): Promise<SavedDraft> {
    const content = contentOf(typed, ownerBefore)
    const text = JSON.stringify(content)
    const present = standing.current
    if (present && sent.current === text) return present
    const { slug, version } = present
      ? await api('campaigns.update', { ...present, ...content })
      : await api('campaigns.create', { ...content, ...(template !== null && { template }) })
    sent.current = text
    standing.current = { slug, version }
    return standing.current
  }
}
