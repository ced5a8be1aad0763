import { Badge, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconClock, IconHourglass, IconLoader, IconX } from '@tabler/icons-react'
import { RelativeTime } from '@/components/relative-time'
import type { ExportRun } from '@/lib/exporters/model'
import { runWords } from './words'

const icons = {
  queued: IconClock,
  running: IconLoader,
  done: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconX,
  expired: IconHourglass,
} as const
const colours = {
  queued: 'gray',
  running: 'blue',
  done: 'teal',
  failed: 'red',
  cancelled: 'gray',
  expired: 'gray',
} as const

/** How an export stands, with why it failed or until when its file is kept. */
export function RunMark({ run: { state, problem, expiresAt } }: { run: ExportRun }) {
  const Icon = icons[state]
  return (
    <>
      <Badge variant="light" color={colours[state]} leftSection={<Icon size={12} aria-hidden />}>
        {runWords[state]}
      </Badge>
      {problem && (
        <Text size="xs" maw={320} style={{ whiteSpace: 'normal' }}>
          {problem}
        </Text>
      )}
      {state === 'done' && expiresAt && (
        <Text size="xs" c="dimmed">
          goes <RelativeTime at={expiresAt} />
        </Text>
      )}
    </>
  )
}
