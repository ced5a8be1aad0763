'use client'

import { Group, Stack, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import type { OutputOf } from '@/lib/http/client'

type Values = { allowedNetworks: string[]; reason: string }

/** The private networks that may be reached; an admin edits them. */
export function OutboundForm({ present, can }: { present: OutputOf<'outbound.get'>; can: true | string }) {
  const router = useRouter()
  const { allowedNetworks, version } = present
  const initial = useMemo<Values>(() => ({ allowedNetworks, reason: '' }), [allowedNetworks])
  const form = useForm<Values>({ initialValues: initial })

  async function save(values: Values) {
    const reason = values.reason.trim()
    await api('outbound.update', { version, allowedNetworks: values.allowedNetworks, ...(reason && { reason }) })
    form.setFieldValue('reason', '')
    notifications.show({ message: 'Saved.' })
    router.refresh()
  }

  const { onSubmit, pending, problem } = useSave({ form, initial, save, onSaved: () => undefined })
  return (
    <Panel title="Private networks that may be asked">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md" maw={560}>
          <TagsInput
            label="Allowed networks"
            description="In CIDR form, such as 10.20.0.0/16. There, http is allowed as well. Loopback, link-local and cloud metadata addresses stay closed unless a network here holds them."
            placeholder={form.values.allowedNetworks.length === 0 ? 'None: only public addresses' : ''}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            readOnly={can !== true}
            {...form.getInputProps('allowedNetworks')}
          />
          {can === true && (
            <TextInput label="Reason" description="Kept in the audit log" {...form.getInputProps('reason')} />
          )}
          <Problem text={problem} />
          <Group>
            <DisabledReason can={can} type="submit" loading={pending}>
              Save
            </DisabledReason>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
