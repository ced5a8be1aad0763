'use client'

import { Modal, Radio, Select, Stack } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { z } from 'zod'
import { FormFoot } from '@/components/form-foot'
import { pathModes, reasonSchema, slugSchema } from '@/lib/registry/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { Problem } from '../problem'
import { undoToast } from '../undo-toast'
import { ReasonField } from './form-fields'
import { ReferenceSelect } from './reference-select'
import { RoutePreviewText, verdictOf } from './route-preview'
import { pathModeTitles } from './titles'
import { ToolsSelect } from './tools-select'
import { useRoutePreview } from './use-route-preview'
import { useSave } from './use-save'

interface Named {
  slug: string
  name: string
}

interface RouteDialogProps {
  onClose: () => void
  /** The point, where that is settled. */
  point?: Named
  /** The tools, where those are settled. */
  tools?: readonly Named[]
}

const schema = z.object({
  point: z
    .string()
    .nullable()
    .refine((slug) => slugSchema.safeParse(slug).success, 'Choose the point that calls are to pass'),
  tools: z.array(slugSchema).min(1, 'Choose at least one tool'),
  mode: z.enum(pathModes),
  position: z.enum(['first', 'before_application']),
  reason: reasonSchema,
})
type Values = z.infer<typeof schema>

/** Puts one point on the paths of all bindings of some tools: shows what would change before anything does. */
export function RouteDialog({ onClose, point, tools }: RouteDialogProps) {
  const router = useRouter()
  const initial = useMemo<Values>(
    () => ({
      point: point?.slug ?? null,
      tools: tools?.map(({ slug }) => slug) ?? [],
      mode: 'enforces',
      position: 'first',
      reason: '',
    }),
    [point, tools],
  )
  const form = useForm({ initialValues: initial, validate: schemaResolver(schema, { sync: true }) })
  const { values } = form
  const preview = useRoutePreview(values)
  const saving = useSave({
    form,
    initial,
    async save({ point: slug, reason, ...route }) {
      if (slug === null) return
      const named = { ...route, point: slug }
      const expected = preview.answer?.changes
      const done = await api('bindings.route', {
        ...named,
        reason: reason.trim(),
        ...(expected !== undefined && { expected }),
      })
      undoToast({
        message: `${done.changed} ${done.changed === 1 ? 'binding passes' : 'bindings pass'} it now.`,
        undo: async () => {
          await api('bindings.route', { point: slug, bindings: done.bindings, remove: true, reason: 'Taken back' })
        },
        onUndone: () => router.refresh(),
      })
    },
    onSaved() {
      onClose()
      router.refresh()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={point ? `Route bindings through ${point.name}` : 'Route through a point'}
    >
      <form onSubmit={saving.onSubmit} noValidate>
        <Stack gap="md">
          {!point && (
            <ReferenceSelect
              kind="point"
              label="Enforcement point"
              description="The gateway, broker or application that calls are to pass"
              required
              placeholder="Find a point"
              data-autofocus
              {...form.getInputProps('point')}
            />
          )}
          <ToolsSelect known={tools ?? []} {...form.getInputProps('tools')} />
          <Select
            label="What it does on these paths"
            allowDeselect={false}
            data={pathModes.map((value) => ({ value, label: pathModeTitles[value] }))}
            {...form.getInputProps('mode')}
          />
          <Radio.Group label="Where on the path" {...form.getInputProps('position')}>
            <Stack gap={6} mt={6}>
              <Radio size="xs" value="first" label="First, before every other point" />
              <Radio size="xs" value="before_application" label="Just before the application" />
            </Stack>
          </Radio.Group>
          <RoutePreviewText {...preview} />
          <ReasonField required {...form.getInputProps('reason')} />
          <Problem text={saving.problem} />
          <FormFoot onCancel={onClose}>
            <DisabledReason can={verdictOf(preview.answer)} type="submit" loading={saving.pending}>
              {preview.answer
                ? `Route ${preview.answer.changes} ${preview.answer.changes === 1 ? 'binding' : 'bindings'}`
                : 'Route'}
            </DisabledReason>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
