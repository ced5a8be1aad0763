'use client'

import { Button, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormFoot } from '@/components/form-foot'
import { reasonSchema } from '@/lib/registry/model'
import { Problem } from './problem'
import { useAttempt } from './use-attempt'

interface ReasonModalProps {
  opened: boolean
  onClose: () => void
  title: string
  /** What is about to happen. */
  children?: ReactNode
  confirmLabel: string
  dangerous?: boolean
  /** Closes the dialog when it resolves; what it throws is shown, the reason stays typed. */
  onConfirm: (reason: string) => Promise<void>
}

/** Asks why: the reason goes into the audit log with the change. */
export function ReasonModal({
  opened,
  onClose,
  title,
  children,
  confirmLabel,
  dangerous = false,
  onConfirm,
}: ReasonModalProps) {
  const form = useForm({
    initialValues: { reason: '' },
    validate: {
      reason: (value) => {
        const parsed = reasonSchema.safeParse(value)
        return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Say why')
      },
    },
  })
  const { pending, problem, run } = useAttempt(onConfirm, () => {
    form.reset()
    onClose()
  })
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form onSubmit={form.onSubmit(({ reason }) => run(reason.trim()))} noValidate>
        <Stack gap="md">
          {children && (
            <Text component="div" size="sm">
              {children}
            </Text>
          )}
          <Textarea
            label="Reason"
            description="Kept in the audit log with the change"
            required
            autosize
            minRows={2}
            maxRows={8}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Problem text={problem} />
          <FormFoot onCancel={onClose}>
            <Button type="submit" loading={pending} {...(dangerous && { color: 'red.8' })}>
              {confirmLabel}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
