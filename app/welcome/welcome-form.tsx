'use client'

import { Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { signIn } from 'next-auth/react'
import { useEffect, useState } from 'react'
import { TextLink } from '@/components/links'
import { Problem } from '@/components/problem'
import { urls } from '@/lib/urls'
import { type Link, LinkProblem, lookAtLink, redeemLink } from './account-links'

/** Looks at the link that this page was opened by, and lets its account choose a password. */
export function WelcomeForm() {
  const [token, setToken] = useState('')
  const [link, setLink] = useState<Link | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    const given = decodeURIComponent(window.location.hash.slice(1))
    // What opens the account does not stay in the address bar and the history.
    window.history.replaceState(null, '', window.location.pathname)
    setToken(given)
    lookAtLink(given).then(setLink, (error: Error) => setProblem(error.message))
  }, [])

  if (problem !== null)
    return (
      <Stack gap="md">
        <Problem text={problem} />
        <TextLink href={urls.signIn()}>To sign in</TextLink>
      </Stack>
    )
  if (link === null) return <Loader size="sm" aria-label="Loading" mx="auto" display="block" />
  return <ChoosePassword token={token} link={link} />
}

const greetings = {
  set_up: 'Nobody can sign in yet. You become the administrator, and invite everybody else.',
  invitation: 'Choose a password. A passkey or an authenticator app can be added once you are in.',
  reset: 'Choose your password anew. You are signed out everywhere else.',
} as const

function ChoosePassword({ token, link }: { token: string; link: Link }) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isSetUp = link.kind === 'set_up'
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: link.email ?? '', name: link.name ?? '', password: '' },
    validate: {
      email: (value) => (isSetUp && value.trim() === '' ? 'Enter your e-mail address' : null),
      name: (value) => (isSetUp && value.trim() === '' ? 'Enter your name' : null),
      password: (value) => (value === '' ? 'Choose a password' : null),
    },
  })

  async function submit({ email, name, password }: { email: string; name: string; password: string }) {
    setPending(true)
    setProblem(null)
    try {
      const who = isSetUp ? { email: email.trim(), name: name.trim() } : {}
      const address = await redeemLink(token, { ...who, password })
      const result = await signIn('credentials', { email: address, password, redirect: false })
      // An account with an authenticator app is asked for its code where everybody signs in.
      window.location.assign(result?.ok ? urls.overview() : urls.signIn())
    } catch (error) {
      setPending(false)
      const fields = error instanceof LinkProblem ? error.fields : []
      for (const { field, message } of fields) form.setFieldError(field, message)
      if (fields.length === 0) setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    }
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Text size="sm">{greetings[link.kind]}</Text>
        <Problem text={problem} />
        {isSetUp && (
          <TextInput
            key={form.key('name')}
            {...form.getInputProps('name')}
            label="Your name"
            autoComplete="name"
            size="sm"
          />
        )}
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label="E-mail address"
          type="email"
          autoComplete="username"
          size="sm"
          readOnly={!isSetUp}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label="Password"
          description="At least 12 characters: a few words in a row are easy to keep in mind"
          autoComplete="new-password"
          size="sm"
        />
        <Button type="submit" size="sm" fullWidth loading={pending}>
          {isSetUp ? 'Set Pentarch up' : 'Choose this password'}
        </Button>
      </Stack>
    </form>
  )
}
