'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import type { HandoverView } from '@/lib/recertification/reviews/model'

/** Ends a hand-over before its time. */
export function EndHandover({ handover: { id, from, to, end, running } }: { handover: HandoverView }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  async function confirm() {
    await api('handovers.end', { id })
    router.refresh()
  }
  return (
    <>
      <DisabledReason can={end} variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        End
      </DisabledReason>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title="End the hand-over?"
        confirmLabel="End it"
        onConfirm={confirm}
      >
        {running
          ? `From now on ${from.name} alone answers what ${from.name} is asked. What ${to.name} has answered stands.`
          : `It does not begin: ${from.name} answers what ${from.name} is asked.`}
      </ConfirmModal>
    </>
  )
}
