'use client'

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'

interface ConfirmModalProps {
  opened: boolean
  onClose: () => void
  title: string
  /** Exactly what will change. */
  children: ReactNode
  confirmLabel: string
  dangerous?: boolean
  /** Closes the dialog when it resolves; what it throws is shown in the dialog, and nothing is lost. */
  onConfirm: () => Promise<void>
}

/** Asks before something that cannot be undone with one click. */
export function ConfirmModal({
  opened,
  onClose,
  title,
  children,
  confirmLabel,
  dangerous = false,
  onConfirm,
}: ConfirmModalProps) {
  const { pending, problem, run } = useAttempt(onConfirm, onClose)
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        <Text component="div" size="sm">
          {children}
        </Text>
        <Problem text={problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            {...(dangerous && { color: 'red.8' })}
            loading={pending}
            onClick={() => run()}
            data-autofocus={!dangerous || undefined}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Runs an action of a dialog once at a time; closes the dialog on success, keeps it open with the problem on failure. */
export function useAttempt<Arguments extends unknown[]>(
  action: (...given: Arguments) => Promise<void>,
  onDone: () => void,
) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function run(...given: Arguments) {
    setPending(true)
    setProblem(null)
    try {
      await action(...given)
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    } finally {
      setPending(false)
    }
  }
  return { pending, problem, run }
}

/** The problem of a dialog's action, where it cannot be missed. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      p="xs"
      icon={<IconAlertTriangle size={16} />}
      styles={{ message: { color: 'var(--p-text)' } }}
    >
      {text}
    </Alert>
  )
}
