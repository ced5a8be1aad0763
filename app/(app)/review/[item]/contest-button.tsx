'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ReasonModal } from '@/components/reason-modal'

/** Contests a revocation before it is applied, for those whom it affects. */
export function ContestButton({ item, title }: { item: string; title: string }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Contest
      </Button>
      <ReasonModal
        opened={asking}
        onClose={() => setAsking(false)}
        title="Contest the revocation"
        confirmLabel="Contest"
        onConfirm={async (reason) => {
          await api('reviews.contest', { item, reason })
          notifications.show({ message: 'Contested. The campaign lead decides, and nothing is applied until then.' })
          router.refresh()
        }}
      >
        {title} is to be revoked when the campaign is closed. Say why it should be kept; the campaign lead decides.
      </ReasonModal>
    </>
  )
}
