'use client'

import { Button, Group, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import { initialWitness, problemsOf, type WitnessKind, type WitnessValues, witnessInput } from './witness-values'

const kinds: { value: WitnessKind; label: string }[] = [
  { value: 'cosigner', label: 'Cosigns' },
  { value: 'repository', label: 'Git repository' },
  { value: 'copies', label: 'Keeps copies' },
]

/** Who keeps checkpoints elsewhere, and how they get there. */
export function WitnessForm({ onAdded, onCancel }: { onAdded: () => void; onCancel: () => void }) {
  const form = useForm<WitnessValues>({ initialValues: initialWitness, validate: problemsOf })

  async function save(values: WitnessValues) {
    const { name } = await api('log.addWitness', witnessInput(values))
    notifications.show({ message: `${name} is added.` })
  }
  const { submit, pending, problem } = useSave({ form, initial: initialWitness, save, onSaved: onAdded })

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <SegmentedControl<WitnessKind> aria-label="Kind" data={kinds} {...form.getInputProps('kind')} />
        {form.values.kind === 'cosigner' ? (
          <TextInput
            label="Public key"
            description="As the witness publishes it: name+keyid+base64"
            required
            {...form.getInputProps('verifierKey')}
          />
        ) : (
          <TextInput label="Name" placeholder="Internal audit" required {...form.getInputProps('name')} />
        )}
        {form.values.kind === 'repository' ? <RepositoryFields form={form} /> : <MessageFields form={form} />}
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Add
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}

type Fields = { form: UseFormReturnType<WitnessValues> }

function MessageFields({ form }: Fields) {
  return (
    <>
      <TextInput
        label="Webhook"
        description="Each new checkpoint is posted there"
        placeholder="https://witness.example.org/checkpoints"
        {...form.getInputProps('webhook')}
      />
      <TextInput
        label="Email"
        description="Each new checkpoint is mailed there"
        placeholder="log@auditor.example.org"
        {...form.getInputProps('email')}
      />
    </>
  )
}

function RepositoryFields({ form }: Fields) {
  return (
    <>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          label="Address"
          description="Each new checkpoint is pushed as a commit of the file checkpoint"
          placeholder="https://git.example.org/audit/checkpoints.git"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          {...form.getInputProps('repository')}
        />
        <TextInput w={130} label="Branch" placeholder="main" {...form.getInputProps('branch')} />
      </Group>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput w={130} label="User name" placeholder="git" autoComplete="off" {...form.getInputProps('user')} />
        <PasswordInput
          flex={1}
          label="Token"
          description="May push to this repository and nothing else. It is kept encrypted and not shown again."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          {...form.getInputProps('token')}
        />
      </Group>
    </>
  )
}
