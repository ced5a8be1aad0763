'use client'

import { PasswordInput, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { api } from '@/components/api'
import { FormDrawer } from '@/components/registry/form-drawer'
import { useSave } from '@/components/registry/use-save'
import type { CredentialKind } from '@/lib/integrations/authzen/model'
import type { PointDetail } from '@/lib/registry/points/model'
import classes from './endpoint-panel.module.css'

type Values = { kind: CredentialKind; token: string; certificate: string; key: string }

const kinds: { value: CredentialKind; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'mtls', label: 'Client certificate (mTLS)' },
]

interface CredentialDrawerProps {
  point: PointDetail
  opened: boolean
  onClose: () => void
}

/** Sets what a point is asked with. What is set already is never shown; it can only be replaced or forgotten. */
export function CredentialDrawer({ point, opened, onClose }: CredentialDrawerProps) {
  const router = useRouter()
  const { slug, version, credentialKind } = point
  const initial = useMemo<Values>(
    () => ({ kind: credentialKind === 'none' ? 'bearer' : credentialKind, token: '', certificate: '', key: '' }),
    [credentialKind],
  )
  const form = useForm<Values>({ initialValues: initial })
  const { kind } = form.values

  async function save(values: Values) {
    const { token, certificate, key } = values
    const secrets = { none: {}, bearer: { token }, mtls: { certificate, key } }[values.kind]
    await api('points.credential', { slug, version, kind: values.kind, ...secrets })
    form.setValues({ token: '', certificate: '', key: '' })
    router.refresh()
  }

  const saving = useSave({ form, initial, save, onSaved: onClose })
  return (
    <FormDrawer opened={opened} onClose={onClose} title={`Credential for ${point.name}`} submitLabel="Save" {...saving}>
      <Select
        label="Kind"
        description="It is kept encrypted, sent to this address alone, and never shown again."
        allowDeselect={false}
        data={kinds}
        {...form.getInputProps('kind')}
      />
      {kind === 'bearer' && (
        <PasswordInput label="Token" required autoComplete="off" data-autofocus {...form.getInputProps('token')} />
      )}
      {kind === 'mtls' && (
        <>
          <Textarea
            label="Certificate"
            description="PEM; with its chain where the other side needs it"
            required
            rows={7}
            className={classes.pem}
            placeholder="-----BEGIN CERTIFICATE-----"
            {...form.getInputProps('certificate')}
          />
          <Textarea
            label="Private key"
            description="PEM, not encrypted"
            required
            rows={7}
            className={classes.pem}
            placeholder="-----BEGIN PRIVATE KEY-----"
            {...form.getInputProps('key')}
          />
        </>
      )}
    </FormDrawer>
  )
}
