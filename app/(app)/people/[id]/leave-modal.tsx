'use client'

import { List, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { ReasonModal } from '@/components/reason-modal'
import type { PersonDetail } from '@/lib/registry/people/model'
import { leavingEffects } from './leaving'

interface LeaveModalProps {
  person: PersonDetail
  onClose: () => void
  onConfirm: (reason: string) => Promise<void>
}

/** Asks before a person is marked as left, and says what then has nobody behind it. */
export function LeaveModal({ person, onClose, onConfirm }: LeaveModalProps) {
  const [effects, setEffects] = useState<string[] | 'unknown' | null>(null)
  useEffect(() => {
    let isOpen = true
    const teams = Promise.all(person.teams.map(({ team }) => api('teams.get', { slug: team.slug })))
    teams
      .then((found) => isOpen && setEffects(leavingEffects(person, found)))
      .catch(() => isOpen && setEffects('unknown'))
    return () => {
      isOpen = false
    }
  }, [person])
  return (
    <ReasonModal
      opened
      onClose={onClose}
      title={`${person.name} has left`}
      confirmLabel="Mark as left"
      dangerous
      onConfirm={onConfirm}
    >
      <Effects effects={effects} />
    </ReasonModal>
  )
}

function Effects({ effects }: { effects: string[] | 'unknown' | null }) {
  if (effects === null) return <Loader aria-label="Looking up what depends on them" />
  if (effects === 'unknown') return 'What depends on them could not be looked up.'
  if (effects.length === 0) return 'Nothing loses its owner, sponsor or lead by it.'
  return (
    <>
      <List size="sm" spacing={4}>
        {effects.map((effect) => (
          <List.Item key={effect}>{effect}</List.Item>
        ))}
      </List>
      Nothing moves to somebody else by itself.
    </>
  )
}
