'use client'

import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { CopyButton as CopyIcon } from '@/components/copy-button'
import classes from './tokens.module.css'

/** The token itself, shown once, and how the command line takes it. */
export function MadeToken({ token, onDone }: { token: string; onDone: () => void }) {
  const commands = `export PENTARCH_URL=${window.location.origin}\nexport PENTARCH_TOKEN=${token}\npentarch list agents`
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label="Token"
            description="Copy it now: it is shown here and never again"
            readOnly
            value={token}
            className={classes.token}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={token}>
            {({ copied, copy }) => (
              <Button
                onClick={copy}
                data-autofocus
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </div>
      <div>
        <Group justify="space-between">
          <Text size="sm" fw={550}>
            With the command line
          </Text>
          <CopyIcon value={commands} label="Copy commands" />
        </Group>
        <Code block className={classes.commands}>
          {commands}
        </Code>
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  )
}
