'use client'

import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { CopyButton } from '@/components/copy-button'
import { exactTime } from '@/components/time'

interface SentLinkProps {
  to: string
  byMail: boolean
  link: string | null
  expiresAt: string
  onDone: () => void
}

/** How a link reaches whom it is for: by mail, or handed over by whoever made it. */
export function SentLink({ to, byMail, link, expiresAt, onDone }: SentLinkProps) {
  return (
    <Stack gap="md">
      {byMail ? (
        <Text size="sm">
          A link goes to {to} by mail. It holds until {exactTime(expiresAt)}, and for once.
        </Text>
      ) : (
        <>
          <Text size="sm">
            No mail server is set, so hand this link to {to} yourself, by a way that only they read. It holds until{' '}
            {exactTime(expiresAt)}, and for once.
          </Text>
          <Group gap="xs" wrap="nowrap" align="flex-end">
            <TextInput
              label="Link"
              readOnly
              value={link ?? ''}
              flex={1}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={link ?? ''} label="Copy link" />
          </Group>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  )
}
