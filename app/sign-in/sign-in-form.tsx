'use client'

import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { Problem } from '@/components/problem'
import { refusalOf } from './refusal'

/** E-mail address and password; on success goes to `callback`, a path of this app. */
export function SignInForm({ callback }: { callback: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? 'Enter your e-mail address' : null),
      password: (value) => (value === '' ? 'Enter your password' : null),
    },
  })

  async function submit({ email, password }: { email: string; password: string }) {
    setPending(true)
    setProblem(null)
    const result = await signIn('credentials', { email: email.trim(), password, redirect: false }).catch(
      () => undefined,
    )
    if (result?.ok) {
      // A full load, so that nothing rendered for nobody stays in the router's cache.
      window.location.assign(callback)
      return
    }
    setPending(false)
    setProblem(refusalOf(result?.error))
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Problem text={problem} />
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label="E-mail address"
          type="email"
          autoComplete="username"
          size="sm"
          data-autofocus
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label="Password"
          autoComplete="current-password"
          size="sm"
        />
        <Button type="submit" size="sm" fullWidth loading={pending}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
