'use client'

import { Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { useAttempt } from '@/components/use-attempt'

/** Long enough for a job to have been woken and to have done it, on a log of usual size. */
const refreshMs = 4_000

/** Asks for a checkpoint or a verification; both are made by a job. */
export function LogActions({ checkpoint, verify }: { checkpoint: true | string; verify: true | string }) {
  const router = useRouter()
  const asked = (message: string) => () => {
    notifications.show({ message })
    setTimeout(() => router.refresh(), refreshMs)
  }
  const making = useAttempt(async () => {
    await api('log.checkpoint', {})
  }, asked('A checkpoint is being made.'))
  const verifying = useAttempt(async () => {
    await api('log.verify', {})
  }, asked('The log is being verified.'))
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs">
        <DisabledReason variant="default" can={verify} loading={verifying.pending} onClick={() => verifying.run()}>
          Verify now
        </DisabledReason>
        <DisabledReason can={checkpoint} loading={making.pending} onClick={() => making.run()}>
          Checkpoint now
        </DisabledReason>
      </Group>
      <Problem text={making.problem ?? verifying.problem} />
    </Stack>
  )
}
