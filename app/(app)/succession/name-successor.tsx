'use client'

import { useState } from 'react'
import { ReasonModal } from '@/components/reason-modal'
import { ReferenceSelect } from '@/components/registry/reference-select'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { aboutOf } from './words'

interface NameSuccessorProps {
  rows: readonly SuccessionView[]
  onClose: () => void
  onName: (person: string, reason: string) => Promise<void>
}

/** Asks who is asked instead, and why. They accept or decline like anybody who is asked. */
export function NameSuccessor({ rows, onClose, onName }: NameSuccessorProps) {
  const [person, setPerson] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const [first] = rows
  const what = rows.length === 1 && first ? aboutOf(first) : `${rows.length} things`

  async function confirm(reason: string) {
    if (person === null) {
      setMissing(true)
      throw new Error('Choose who is asked.')
    }
    await onName(person, reason)
  }

  return (
    <ReasonModal
      opened
      onClose={onClose}
      title={`Ask somebody else about ${what}`}
      confirmLabel="Ask them"
      onConfirm={confirm}
    >
      <ReferenceSelect
        kind="person"
        label="Person"
        description="They are asked, and may decline"
        required
        value={person}
        error={missing && person === null ? 'Choose who is asked' : undefined}
        onChange={setPerson}
      />
    </ReasonModal>
  )
}
