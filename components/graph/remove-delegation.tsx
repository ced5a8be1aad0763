'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { ReasonModal } from '../reason-modal'

/** Takes a delegation away, with the reason. */
export function RemoveDelegation({ id, name, can }: { id: string; name: string; can: true | string }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)

  async function remove(reason: string) {
    await api('delegations.remove', { id, reason })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={can}
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => setAsking(true)}
        aria-label={`Remove the delegation with ${name}`}
      >
        Remove
      </DisabledReason>
      <ReasonModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Remove the delegation with ${name}`}
        confirmLabel="Remove"
        dangerous
        onConfirm={remove}
      >
        The registry no longer says that one may call the other.
      </ReasonModal>
    </>
  )
}
