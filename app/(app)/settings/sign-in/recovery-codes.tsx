'use client'

import { Button, Group, Stack, Text } from '@mantine/core'
import { CopyButton } from '@/components/copy-button'
import classes from './sign-in.module.css'

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join('\n')
  return (
    <Stack gap="md">
      <Text size="sm">
        Each signs you in once in the place of a code of the app, should it be lost. They are shown here and never
        again: keep them where you keep other keys.
      </Text>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={text} label="Copy codes" />
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  )
}
