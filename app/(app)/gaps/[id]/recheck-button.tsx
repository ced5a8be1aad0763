'use client'

import { notifications } from '@mantine/notifications'
import { IconRefresh } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'

/** Looks again, now, whether the finding is still there. */
export function RecheckButton({ id, can }: { id: string; can: true | string }) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  async function recheck() {
    setPending(true)
    try {
      const { state, explanation } = await api('gaps.recheck', { id })
      notifications.show(
        state === 'resolved'
          ? { color: 'green', message: 'It is gone: the gap is resolved.' }
          : { color: 'yellow', title: 'Still found', message: explanation },
      )
      router.refresh()
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : 'It could not be checked.' })
    } finally {
      setPending(false)
    }
  }
  return (
    <DisabledReason
      can={can}
      variant="default"
      leftSection={<IconRefresh size={14} />}
      loading={pending}
      onClick={recheck}
    >
      Check again
    </DisabledReason>
  )
}
