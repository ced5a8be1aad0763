'use client'

import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { refusalOf } from '@/lib/access/refusal'

interface PasswordFormProps {
  /** Whether this is the way in that most people take. */
  isMain: boolean
  mailsLinks: boolean
  onSignedIn: () => void
  onProblem: (problem: string | null) => void
}

const asksForCode = new Set(['code_needed', 'code_refused'])

/** E-mail address and password, then the code of whoever has an authenticator app. */
export function PasswordForm({ isMain, mailsLinks, onSignedIn, onProblem }: PasswordFormProps) {
  const [pending, setPending] = useState(false)
  const [needsCode, setNeedsCode] = useState(false)
  const [asked, setAsked] = useState(false)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: (value) => (value.trim() === '' ? 'Enter your e-mail address' : null),
      password: (value) => (value === '' ? 'Enter your password' : null),
      code: (value) => (needsCode && value.trim() === '' ? 'Enter the code' : null),
    },
  })

  async function submit({ email, password, code }: { email: string; password: string; code: string }) {
    setPending(true)
    onProblem(null)
    const given = { email: email.trim(), password, ...(code.trim() && { code: code.trim() }) }
    const result = await signIn('credentials', { ...given, redirect: false }).catch(() => undefined)
    if (result?.ok) return onSignedIn()
    setPending(false)
    if (result?.error === 'code_needed') return setNeedsCode(true)
    setNeedsCode(asksForCode.has(result?.error ?? ''))
    form.setFieldValue('code', '')
    onProblem(refusalOf(result?.error))
  }

  async function askForLink() {
    onProblem(null)
    if (form.validateField('email').hasError) return
    const body = JSON.stringify({ act: 'ask', email: form.getValues().email.trim() })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/account-links', { method: 'POST', headers, body }).catch(() => null)
    if (answer?.ok) setAsked(true)
    else onProblem(answer?.status === 400 ? 'This is not an e-mail address.' : refusalOf('unavailable'))
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label="E-mail address"
          type="email"
          autoComplete="username webauthn"
          size="sm"
          data-autofocus={isMain || undefined}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label="Password"
          autoComplete="current-password"
          size="sm"
        />
        {needsCode && (
          <TextInput
            key={form.key('code')}
            {...form.getInputProps('code')}
            label="Code"
            description="Of your authenticator app, or one of your recovery codes"
            autoComplete="one-time-code"
            size="sm"
            autoFocus
          />
        )}
        <Button type="submit" size="sm" fullWidth loading={pending} variant={isMain ? 'filled' : 'default'}>
          Sign in
        </Button>
        <Group justify="center">
          {asked ? (
            <Text size="sm" role="status">
              If an account has this address, a link is on its way. It holds for an hour.
            </Text>
          ) : mailsLinks ? (
            <Anchor component="button" type="button" size="sm" onClick={askForLink}>
              I forgot my password
            </Anchor>
          ) : (
            <Text size="xs" c="dimmed">
              Forgot your password? An administrator can send you a link.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}
