'use client'

import { Button, Code, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import classes from './sign-in.module.css'

interface AddAppProps {
  secret: string
  uri: string
  /** With the recovery codes that were made. */
  onAdded: (codes: string[]) => void
  onCancel: () => void
}

const initial = { code: '' }

/** Hands the secret to an app as a picture, and takes the first code that it shows. */
export function AddApp({ secret, uri, onAdded, onCancel }: AddAppProps) {
  const picture = useMemo(() => renderSVG(uri), [uri])
  const form = useForm({
    initialValues: initial,
    validate: { code: (value) => (/^\d{3} ?\d{3}$/.test(value.trim()) ? null : 'The code has six digits') },
  })
  const { submit, pending, problem } = useSave({
    form,
    initial,
    save: async ({ code }) => onAdded((await api('waysIn.addApp', { secret, code: code.trim() })).recoveryCodes),
    onSaved: () => undefined,
  })
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <div className={classes.code}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the library draws squares, from an address that the server made */}
          <div role="img" aria-label="QR code for the app" dangerouslySetInnerHTML={{ __html: picture }} />
          <Stack gap="xs">
            <Text size="sm">Scan this with your authenticator app, or type this key into it:</Text>
            <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>
              {secret.replace(/(.{4})/g, '$1 ').trim()}
            </Code>
          </Stack>
        </div>
        <TextInput
          label="Code that the app shows"
          autoComplete="one-time-code"
          inputMode="numeric"
          data-autofocus
          {...form.getInputProps('code')}
        />
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Add the app
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
