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
import { RunHistory } from './run-history'
import type { Schedule } from './words'

/** Runs, pauses or removes a scheduled export, and shows how it went so far. */
export function ScheduleActions({ schedule, can }: { schedule: Schedule; can: true | string }) {
  const { slug, name, paused } = schedule
  const router = useRouter()
  const [removing, setRemoving] = useState(false)
  const shape = { size: 'compact-xs', variant: 'default', can } as const

  const running = useAttempt(
    async () => {
      await api('exportSchedules.run', { slug })
      notifications.show({ message: `${name} is being made.` })
    },
    () => router.refresh(),
  )
  const pausing = useAttempt(
    async () => {
      await api('exportSchedules.pause', { slug, paused: !paused })
    },
    () => router.refresh(),
  )
  async function remove() {
    await api('exportSchedules.remove', { slug })
    notifications.show({ message: `${name} is removed.` })
    router.refresh()
  }

  return (
    <Stack gap={4} align="flex-end">
      <Group gap={6} justify="flex-end" wrap="nowrap">
        <RunHistory schedule={schedule} />
        <DisabledReason
          {...shape}
          loading={running.pending}
          aria-label={`Run ${name} now`}
          onClick={() => running.run()}
        >
          Run now
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
      <Problem text={running.problem ?? pausing.problem} />
      <ConfirmModal
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${name}`}
        confirmLabel="Remove"
        dangerous
        onConfirm={remove}
      >
        It is not made any more, and the list of its runs goes. The files that were made stay where they are.
      </ConfirmModal>
    </Stack>
  )
}
