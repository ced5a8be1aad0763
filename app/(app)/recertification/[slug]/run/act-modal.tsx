'use client'

import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ApiProblem } from '@/lib/http/client'

type Fields = Record<string, string | number | null>

export interface ActModalProps<Values extends Fields> {
  title: string
  initial: Values
  /** The fields that have to be filled, each with what to say when it is not. */
  required?: Partial<Record<keyof Values & string, string>>
  confirmLabel: string
  dangerous?: boolean
  /** `true`, or why it cannot be done as things stand. */
  can?: true | string
  onClose: () => void
  /** Does it. What it throws stands at the field it names, and nothing typed is lost. */
  act: (values: Values) => Promise<void>
  children: (form: UseFormReturnType<Values>) => ReactNode
}

/** What to say at the fields that have to be filled and are not. */
function missingIn(values: Fields, required: Partial<Record<string, string>>): Record<string, string> {
  const missing: Record<string, string> = {}
  for (const [name, message] of Object.entries(required)) {
    const value = values[name] ?? ''
    if (message !== undefined && String(value).trim() === '') missing[name] = message
  }
  return missing
}

/** A dialog that does one thing to a campaign and shows the page anew afterwards. */
export function ActModal<Values extends Fields>(props: ActModalProps<Values>) {
  const { title, initial, required = {}, confirmLabel, dangerous = false, can = true, onClose, act, children } = props
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: initial,
    validate: (values) => missingIn(values, required),
  })

  async function submit(values: Values) {
    setPending(true)
    setProblem(null)
    try {
      await act(values)
      onClose()
      router.refresh()
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.problem.errors : []
      for (const { field, message } of fields) form.setFieldError(fieldOf(field, values), message)
      if (fields.length === 0 || fields.some(({ field }) => !(fieldOf(field, values) in values)))
        setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    } finally {
      setPending(false)
    }
  }

  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="md">
          {children(form)}
          <Problem text={problem ?? (can === true ? null : can)} />
          <FormFoot onCancel={onClose}>
            <Button type="submit" loading={pending} disabled={can !== true} {...(dangerous && { color: 'red.8' })}>
              {confirmLabel}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}

/** The field of the form that a field of the operation is typed into: of `sample.reviewer` it is `reviewer`. */
const fieldOf = (field: string, values: Fields) => (field in values ? field : (field.split('.').at(-1) ?? field))

/** Why it is done, for the audit log. */
export function ReasonField({ required = false, ...input }: { required?: boolean } & Record<string, unknown>) {
  return (
    <Textarea
      label="Reason"
      description="Kept in the audit log with the change"
      required={required}
      autosize
      minRows={2}
      maxRows={8}
      {...input}
    />
  )
}
