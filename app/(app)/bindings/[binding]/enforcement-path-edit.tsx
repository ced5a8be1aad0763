'use client'

import { schemaResolver, useForm } from '@mantine/form'
import { IconRoute } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField } from '@/components/registry/form-fields'
import { useSave } from '@/components/registry/use-save'
import { undoToast } from '@/components/undo-toast'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { bindingFormSchema, bindingInput, bindingValues } from '../binding-form'
import { PathEditor } from '../path-editor'

const schema = bindingFormSchema.pick({ path: true, reason: true })

/** Changes the path by itself, with the reason; the change can be taken back for a while. */
export function EditPath({ binding, can }: { binding: BindingDetail; can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const values = useMemo(() => bindingValues(binding), [binding])
  const initial = useMemo(() => ({ path: values.path, reason: '' }), [values])
  const form = useForm({ initialValues: initial, validate: schemaResolver(schema, { sync: true }) })
  const { id, version, application } = binding

  const saving = useSave({
    form,
    initial,
    async save({ path, reason }, present) {
      const { path: wanted } = bindingInput({ ...values, path })
      const { path: before } = bindingInput({ ...values, path: present.path })
      const trimmed = reason.trim()
      const saved = await api('bindings.update', {
        binding: id,
        version,
        path: wanted,
        ...(trimmed && { reason: trimmed }),
      })
      undoToast({
        message: 'The path is changed.',
        undo: async () => {
          await api('bindings.update', { binding: id, version: saved.version, path: before, reason: 'Taken back' })
        },
        onUndone: () => router.refresh(),
      })
    },
    onSaved() {
      setOpened(false)
      form.setFieldValue('reason', '')
      router.refresh()
    },
  })

  return (
    <>
      <DisabledReason
        can={can}
        size="compact-xs"
        variant="default"
        leftSection={<IconRoute size={13} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Edit path
      </DisabledReason>
      <FormDrawer
        opened={opened}
        onClose={() => setOpened(false)}
        title="Edit the enforcement path"
        submitLabel="Save"
        {...saving}
      >
        <PathEditor
          value={form.values.path}
          onChange={(path) => form.setFieldValue('path', path)}
          application={application}
          error={form.errors.path}
        />
        <ReasonField {...form.getInputProps('reason')} />
      </FormDrawer>
    </>
  )
}
