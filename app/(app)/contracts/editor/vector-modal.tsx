'use client'

import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { FormFoot } from '@/components/form-foot'
import type { DecisionVector } from '@/lib/contracts/model'
import classes from './editor.module.css'
import { type VectorValues, vectorIn, vectorValues } from './vector-form'

interface VectorModalProps {
  /** Null for a new one. */
  vector: DecisionVector | null
  onClose: () => void
  onSave: (vector: DecisionVector) => void
}

/** One question to a decision point and the answer it has to give. */
export function VectorModal({ vector, onClose, onSave }: VectorModalProps) {
  const form = useForm<VectorValues>({ initialValues: vectorValues(vector) })

  function save(values: VectorValues) {
    const read = vectorIn(values)
    if ('vector' in read) onSave(read.vector)
    else form.setErrors(read.errors)
  }
  const attributes = (field: keyof VectorValues, label: string) => (
    <Textarea
      label={label}
      placeholder='{"region": "eu"}'
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      classNames={{ input: classes.code ?? '' }}
      {...form.getInputProps(field)}
    />
  )

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={vector ? `Vector ${vector.name}` : 'New vector'}
      closeOnClickOutside={false}
    >
      <form
        noValidate
        onSubmit={(event) => {
          // The dialog is drawn elsewhere, but its events reach the form of the whole contract, which is not meant.
          event.stopPropagation()
          form.onSubmit(save)(event)
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="What it shows, such as “a closed claim is not edited”"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <div className={classes.pair}>
            <TextInput label="Subject type" required {...form.getInputProps('subjectType')} />
            <TextInput label="Subject id" required {...form.getInputProps('subjectId')} />
          </div>
          {attributes('subjectProperties', 'Subject attributes (JSON)')}
          <TextInput label="Action" required {...form.getInputProps('actionName')} />
          {attributes('actionProperties', 'Action attributes (JSON)')}
          <div className={classes.pair}>
            <TextInput label="Resource type" required {...form.getInputProps('resourceType')} />
            <TextInput label="Resource id" required {...form.getInputProps('resourceId')} />
          </div>
          {attributes('resourceProperties', 'Resource attributes (JSON)')}
          {attributes('context', 'Context (JSON)')}
          <Radio.Group label="Expected answer" {...form.getInputProps('decision')}>
            <Group gap="lg" mt={4}>
              <Radio value="allow" label="Allow" />
              <Radio value="deny" label="Deny" />
            </Group>
          </Radio.Group>
          <FormFoot onCancel={onClose}>
            <Button type="submit">{vector ? 'Keep changes' : 'Add vector'}</Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
