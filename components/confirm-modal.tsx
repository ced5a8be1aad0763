'use client'

import { Button, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from './problem'
import { useAttempt } from './use-attempt'

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
        <FormFoot onCancel={onClose}>
          <Button
            {...(dangerous && { color: 'red.8' })}
            loading={pending}
            onClick={() => run()}
            data-autofocus={!dangerous || undefined}
          >
            {confirmLabel}
          </Button>
        </FormFoot>
      </Stack>
    </Modal>
  )
}
