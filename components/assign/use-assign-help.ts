import { useEffect, useState } from 'react'
import type { SuggestedOwner } from '@/lib/ownership/suggest/model'
import { api } from '../api'
import type { Viewer } from '../registry/viewer'
import { type LikelyOwner, likelyForAll } from './likely'
import type { AssignTarget } from './targets'

const curatingRoles: readonly string[] = ['admin', 'governance_lead']
/** Asking about more at once would tell little: what is likely for all of them rarely is. */
const askedAboutMax = 50

/** The signed-in person as far as ownership goes; null until it is known. */
export function useViewer(): Viewer | null {
  const [viewer, setViewer] = useState<Viewer | null>(null)
  useEffect(() => {
    let isOpen = true
    api('me.get', {})
      .then(({ leadOf, person, role }) => {
        if (!isOpen) return
        const teams = leadOf.map(({ slug }) => slug)
        setViewer({ leadOf: teams, person: person?.externalId ?? null, curates: curatingRoles.includes(role) })
      })
      // Without it the dialog works, and the server decides.
      .catch(() => undefined)
    return () => {
      isOpen = false
    }
  }, [])
  return viewer
}

/** Who is likely to own all of these; nobody until it is known, and where nothing speaks for anybody. */
export function useLikelyOwners(targets: readonly AssignTarget[]): LikelyOwner[] {
  const [likely, setLikely] = useState<LikelyOwner[]>([])
  const key = JSON.stringify(
    targets.slice(0, askedAboutMax).map(({ layer, scope, subject }) => ({ layer, scope, subject })),
  )
  useEffect(() => {
    let isOpen = true
    const cells = JSON.parse(key)
    if (cells.length === 0) return
    api('ownership.suggest', { cells })
      .then(({ rows }) => {
        const suggestions: SuggestedOwner[][] = rows.map((row) => row.suggestions)
        if (isOpen) setLikely(likelyForAll(suggestions))
      })
      // They are an offer; without them a team is chosen by its name.
      .catch(() => undefined)
    return () => {
      isOpen = false
    }
  }, [key])
  return likely
}
