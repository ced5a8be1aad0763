'use client'

import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { useAttempt } from '@/components/use-attempt'
import { lagWords, type Stream } from './words'

/** Tests, pauses or removes a stream. */
export function StreamActions({ stream, can }: { stream: Stream; can: true | string }) {
  const { slug, name, paused, lag } = stream
  const router = useRouter()
  const [removing, setRemoving] = useState(false)
  const shape = { size: 'compact-xs', variant: 'default', can } as const

  const testing = useAttempt(
    async () => {
      const { problem } = await api('streams.test', { slug })
      if (problem !== null) throw new Error(problem)
    },
    () => notifications.show({ message: `${name} took a test event.` }),
  )
  const pausing = useAttempt(
    async () => {
      await api('streams.pause', { slug, paused: !paused })
    },
    () => router.refresh(),
  )
  async function remove() {
    await api('streams.remove', { slug })
    notifications.show({ message: `${name} is removed.` })
    router.refresh()
  }

  return (
    <Stack gap={4} align="flex-end">
      <Group gap={6} justify="flex-end" wrap="nowrap">
        <DisabledReason {...shape} loading={testing.pending} aria-label={`Test ${name}`} onClick={() => testing.run()}>
          Test
        </DisabledReason>
        <DisabledReason
          {...shape}
          loading={pausing.pending}
          aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
          onClick={() => pausing.run()}
        >
          {paused ? 'Resume' : 'Pause'}
        </DisabledReason>
        <DisabledReason {...shape} aria-label={`Remove ${name}`} onClick={() => setRemoving(true)}>
          Remove
        </DisabledReason>
      </Group>
      <Problem text={testing.problem ?? pausing.problem} />
      <ConfirmModal
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${name}`}
        confirmLabel="Remove"
        dangerous
        onConfirm={remove}
      >
        Nothing is sent there any more. {lag > 0 && `${lagWords(lag)} that it has not delivered will not be sent. `}A
        stream that is added again begins with what happens from then on.
      </ConfirmModal>
    </Stack>
  )
}
