'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { layerOf } from '@/lib/layers'
import type { AssignmentView } from '@/lib/ownership/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { ReasonModal } from '../reason-modal'
import { mayHandOn, type Viewer } from './viewer'

/** Ends an ownership, with the reason; says before how many cells lose it. */
export function EndOwnership({ assignment, viewer }: { assignment: AssignmentView; viewer: Viewer }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { id, version, layer, team, subject, supplies } = assignment

  async function end(reason: string) {
    await api('assignments.end', { id, version, reason })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={mayHandOn(assignment, viewer)}
        size="compact-xs"
        variant="default"
        onClick={() => setAsking(true)}
      >
        End
      </DisabledReason>
      <ReasonModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`End ${team.name}'s ownership of ${layerOf(layer).title.toLowerCase()}`}
        confirmLabel="End it"
        dangerous
        onConfirm={end}
      >
        {team.name} no longer owns {layerOf(layer).title.toLowerCase()} of {subject?.name ?? 'the whole organisation'}.{' '}
        {supplies === 0
          ? 'No binding depends on it.'
          : `${supplies === 1 ? 'One binding falls' : `${supplies} bindings fall`} to the next wider owner, or to nobody.`}
      </ReasonModal>
    </>
  )
}
