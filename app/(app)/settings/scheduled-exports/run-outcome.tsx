import { Stack, Text } from '@mantine/core'
import { ExportRunBadge } from '@/components/badges'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { ScheduledRun } from './words'

/** How a run went: when it was done and where the file is, or what went wrong. */
export function RunOutcome({ run }: { run: ScheduledRun | null }) {
  if (run === null) return <Quiet>never</Quiet>
  const { state, finishedAt, place, problem, rows } = run
  if (state === 'done' && finishedAt !== null)
    return (
      <Stack gap={0}>
        <span>
          <RelativeTime at={finishedAt} />, {rows?.toLocaleString('en')} rows
        </span>
        <Text size="xs" c="dimmed" maw={280} truncate title={place ?? ''}>
          {place}
        </Text>
      </Stack>
    )
  return (
    <Stack gap={2} align="flex-start">
      <ExportRunBadge state={state} />
      {problem !== null && (
        <Text size="xs" maw={320}>
          {problem}
        </Text>
      )}
    </Stack>
  )
}
