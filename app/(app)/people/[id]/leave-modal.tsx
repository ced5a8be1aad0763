'use client'

import { List, Loader, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { ReasonModal } from '@/components/reason-modal'
import type { OutputOf } from '@/lib/http/client'
import type { PersonDetail } from '@/lib/registry/people/model'
import { aboutOf, becauseOf } from '../../succession/words'
import { leavingEffects } from './leaving'

interface LeaveModalProps {
  person: PersonDetail
  onClose: () => void
  onConfirm: (reason: string) => Promise<void>
}

/** Asks before a person is marked as left, and says what then has nobody behind it. */
export function LeaveModal({ person, onClose, onConfirm }: LeaveModalProps) {
  const [effects, setEffects] = useState<string[] | 'unknown' | null>(null)
  const [held, setHeld] = useState<OutputOf<'succession.preview'> | null>(null)
  useEffect(() => {
    let isOpen = true
    const teams = Promise.all(person.teams.map(({ team }) => api('teams.get', { slug: team.slug })))
    Promise.all([teams, api('succession.preview', { person: person.externalId })])
      .then(([found, preview]) => {
        if (!isOpen) return
        setEffects(leavingEffects(person, found))
        setHeld(preview)
      })
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
      {held && <Successors held={held} />}
    </ReasonModal>
  )
}

function Effects({ effects }: { effects: string[] | 'unknown' | null }) {
  if (effects === null) return <Loader aria-label="Looking up what depends on them" />
  if (effects === 'unknown') return 'What depends on them could not be looked up.'
  if (effects.length === 0) return 'Nothing loses its owner, sponsor or lead by it.'
  return (
    <List size="sm" spacing={4}>
      {effects.map((effect) => (
        <List.Item key={effect}>{effect}</List.Item>
      ))}
    </List>
  )
}

/** What they answer for, and who would be asked to take each over. */
function Successors({ held: { rows, more } }: { held: OutputOf<'succession.preview'> }) {
  if (rows.length === 0) return null
  return (
    <section aria-label="Who would be asked">
      <Text size="sm" fw={600} mt="sm" mb={4}>
        Who is asked to take over
      </Text>
      <List size="sm" spacing={4}>
        {rows.map((row) => (
          <List.Item key={`${row.ownership?.assignment ?? ''}${row.agent?.slug ?? ''}`}>
            {aboutOf(row)}:{' '}
            {row.candidate ? (
              <>
                <b>{row.candidate.name}</b>, {becauseOf(row)}
              </>
            ) : (
              'nobody to ask; somebody has to be named'
            )}
          </List.Item>
        ))}
        {more && <List.Item>and more</List.Item>}
      </List>
      <Text size="sm" mt={6}>
        Nothing moves until they accept.
      </Text>
    </section>
  )
}
