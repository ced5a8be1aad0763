'use client'

import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import type { TokenScope } from '@/lib/access/model'
import type { OutputOf } from '@/lib/http/client'
import { nameSchema } from '@/lib/registry/model'
import { fits } from '../../field-rules'
import { scopeWords } from './scopes'

/** A token as it is shown this once. */
export type Made = OutputOf<'tokens.create'>

type TokenValues = { name: string; scopes: string[]; expiresInDays: string }

const initial: TokenValues = { name: '', scopes: ['read'], expiresInDays: '90' }

const lifetimes = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
]

interface TokenFormProps {
  /** The slug of the agent whose service account it is for; the signed-in person's own without one. */
  agent?: string | undefined
  /** What whoever it is for may do, and so may hand on. */
  grantable: readonly TokenScope[]
  onMade: (made: Made) => void
  onCancel: () => void
}

/** What a token is for, what it may do, and until when. */
export function TokenForm({ agent, grantable, onMade, onCancel }: TokenFormProps) {
  const form = useForm<TokenValues>({
    initialValues: initial,
    validate: {
      name: fits(nameSchema),
      scopes: (scopes) => (scopes.length === 0 ? 'Choose at least one' : null),
    },
  })

  async function save({ name, scopes, expiresInDays }: TokenValues) {
    const chosen = grantable.filter((scope) => scopes.includes(scope))
    const wanted = { name: name.trim(), scopes: chosen, expiresInDays: Number(expiresInDays) }
    onMade(
      agent === undefined
        ? await api('tokens.create', wanted)
        : await api('serviceAccounts.createToken', { ...wanted, agent }),
    )
  }
  const { submit, pending, problem } = useSave({ form, initial, save, onSaved: () => form.reset() })

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What will use it, so that you know which to revoke"
          placeholder="CI check of the claims repository"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="It may" required {...form.getInputProps('scopes')}>
          <Stack gap={8} mt={6}>
            {grantable.map((scope) => (
              <Checkbox
                key={scope}
                size="xs"
                value={scope}
                label={scopeWords[scope].title}
                description={scopeWords[scope].meaning}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select label="Expires" data={lifetimes} allowDeselect={false} {...form.getInputProps('expiresInDays')} />
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Make token
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
