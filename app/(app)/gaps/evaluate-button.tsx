'use client'

import { notifications } from '@mantine/notifications'
import { IconRefresh } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'

/** Evaluates all rules now instead of at the next tick of the schedule. */
export function EvaluateButton({ can }: { can: true | string }) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  async function evaluate() {
    setPending(true)
    try {
      const { opened, reopened, resolved } = await api('gaps.evaluate', {})
      notifications.show({ message: `${opened + reopened} opened, ${resolved} resolved.` })
      router.refresh()
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'The rules could not be evaluated.',
      })
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
      onClick={evaluate}
    >
      Evaluate now
    </DisabledReason>
  )
}
