'use client'

import { Button, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconWritingSign } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ApiProblem } from '@/lib/http/client'

interface SignButtonProps {
  slug: string
  name: string
  /** What the campaign says is signed; may be put in other words. */
  attestation: string
  can: true | string
}

/** Signs the report, once the person has shown again that it is them. */
export function SignButton({ slug, name, attestation, can }: SignButtonProps) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <DisabledReason can={can} leftSection={<IconWritingSign size={15} />} onClick={open}>
        Sign the report
      </DisabledReason>
      <Modal opened={opened} onClose={close} title={`Sign the report of ${name}`} size="lg">
        <SignForm slug={slug} attestation={attestation} onClose={close} />
      </Modal>
    </>
  )
}

function SignForm({ slug, attestation, onClose }: { slug: string; attestation: string; onClose: () => void }) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const form = useForm({ initialValues: { attestation } })

  const sign = form.onSubmit(async (values) => {
    setProblem(null)
    form.setSubmitting(true)
    try {
      await api('campaigns.sign', { slug, ...values })
      onClose()
      router.refresh()
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.problem.errors : []
      if (fields.length === 0) setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
      for (const { field, message } of fields) form.setFieldError(field, message)
    } finally {
      form.setSubmitting(false)
    }
  })

  return (
    <form onSubmit={sign}>
      <Stack gap="md">
        <Text size="sm">
          Your name, the time and this text are kept with a digest of the whole record. It cannot be taken back.
        </Text>
        <Textarea
          label="What you attest to"
          required
          autosize
          minRows={4}
          maxRows={12}
          maxLength={4000}
          data-autofocus
          {...form.getInputProps('attestation')}
        />
        <Problem text={problem} />
        <FormFoot onCancel={onClose}>
          <Button type="submit" loading={form.submitting}>
            Sign
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
