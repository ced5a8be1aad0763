'use client'

import { Button, Divider, Group, Loader, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { signIn } from 'next-auth/react'
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Problem } from '@/components/problem'
import { refusalOf } from '@/lib/access/refusal'
import { createApi, type OutputOf } from '@/lib/http/client'
import { setAsk } from './ask'
import { signInByPasskey } from './by-passkey'
import { confirmByProvider } from './by-provider'

type WaysIn = OutputOf<'waysIn.list'>

/** Asked by whatever is sensitive: shows the ways in that the person has, and goes on where they were once they used one. */
export function ConfirmIdentity() {
  const [ways, setWays] = useState<WaysIn | null>(null)
  const [opened, setOpened] = useState(false)
  const settle = useRef<((confirmed: boolean) => void) | null>(null)

  const close = useCallback((confirmed: boolean) => {
    settle.current?.(confirmed)
    settle.current = null
    setOpened(false)
  }, [])

  useEffect(() => {
    setAsk(async () => {
      const api = createApi({ url: window.location.origin })
      const before = await api('me.get', {})
      setWays(null)
      setOpened(true)
      const answered = new Promise<boolean>((resolve) => {
        settle.current = resolve
      })
      setWays(await api('waysIn.list', {}))
      const confirmed = await answered
      // Whoever showed who they are may be somebody else: then nothing of what was begun here is theirs.
      if (confirmed && (await api('me.get', {})).id !== before.id) window.location.reload()
      return confirmed
    })
    return () => setAsk(null)
  }, [])

  return (
    <Modal opened={opened} onClose={() => close(false)} title="Show that it is you" size={420} zIndex={500}>
      <Stack gap="md">
        <Text size="sm">What you are about to do asks for it. You will not be asked again for a few minutes.</Text>
        {ways === null ? (
          <Loader size="sm" aria-label="Loading" />
        ) : (
          <Ways ways={ways} onConfirmed={() => close(true)} />
        )}
      </Stack>
    </Modal>
  )
}

function Ways({ ways, onConfirmed }: { ways: WaysIn; onConfirmed: () => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, setPending] = useState<string | null>(null)
  const leaving = useRef(new AbortController())
  useEffect(() => {
    const { current } = leaving
    return () => current.abort()
  }, [])

  /** Tries one way; stays, with what is wrong, when it does not work. */
  async function attempt(way: string, act: () => Promise<string | null>) {
    setPending(way)
    setProblem(null)
    try {
      const error = await act()
      if (error === null) onConfirmed()
      else setProblem(refusalOf(error))
    } catch (error) {
      if (!leaving.current.signal.aborted)
        setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    } finally {
      setPending(null)
    }
  }

  async function byPassword(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const [password, code] = [String(given.get('password') ?? ''), String(given.get('code') ?? '')]
    await attempt('password', async () => {
      const result = await signIn('credentials', { email: ways.email, password, code, redirect: false })
      return result?.ok ? null : (result?.error ?? 'unavailable')
    })
  }

  const others = ways.passkeys.length > 0 || ways.providers.length > 0
  return (
    <Stack gap="md">
      <Problem text={problem} />
      {ways.hasPassword && (
        <form onSubmit={byPassword}>
          <Stack gap="sm">
            <input type="hidden" autoComplete="username" value={ways.email} readOnly />
            <PasswordInput
              label="Your password"
              name="password"
              required
              autoComplete="current-password"
              data-autofocus
            />
            {ways.appSince !== null && (
              <TextInput
                label="Code of your app"
                name="code"
                required
                autoComplete="one-time-code"
                inputMode="numeric"
              />
            )}
            <Group justify="flex-end">
              <Button type="submit" loading={pending === 'password'}>
                Go on
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {ways.hasPassword && others && <Divider label="or" />}
      {ways.passkeys.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={16} aria-hidden />}
          loading={pending === 'passkey'}
          onClick={() => attempt('passkey', signInByPasskey)}
        >
          Use a passkey
        </Button>
      )}
      {ways.providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          loading={pending === id}
          onClick={() =>
            attempt(id, async () => {
              await confirmByProvider(id, leaving.current.signal)
              return null
            })
          }
        >
          Continue with {name}
        </Button>
      ))}
    </Stack>
  )
}
