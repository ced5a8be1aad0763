'use client'

import { Button, Divider, Stack } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { signInByPasskey } from '@/components/confirm/by-passkey'
import { Problem } from '@/components/problem'
import { refusalOf } from '@/lib/access/refusal'
import { PasswordForm } from './password-form'

interface SignInFormProps {
  /** The path of this app that was asked for. */
  callback: string
  /** Why an earlier try was refused; null for none. */
  refusal: string | null
  providers: readonly { id: string; name: string }[]
  /** Whether accounts of our own sign in here. */
  isLocal: boolean
  /** Whether a link to choose a password anew can be mailed. */
  mailsLinks: boolean
}

/** All ways in: by an identity provider, a passkey, or e-mail address and password. On success goes to `callback`. */
export function SignInForm({ callback, refusal, providers, isLocal, mailsLinks }: SignInFormProps) {
  const [problem, setProblem] = useState(refusal)
  const [pending, setPending] = useState<string | null>(null)

  /** A full load, so that nothing rendered for nobody stays in the router's cache. */
  const goOn = () => window.location.assign(callback)

  async function byPasskey() {
    setPending('passkey')
    setProblem(null)
    const error = await signInByPasskey()
    if (error === null) return goOn()
    setPending(null)
    setProblem(refusalOf(error))
  }

  function byProvider(id: string) {
    setPending(id)
    setProblem(null)
    // Leaves the page; comes back only when the provider cannot be asked.
    void signIn(id, { callbackUrl: callback })
  }

  return (
    <Stack gap="md">
      <Problem text={problem} />
      {providers.map(({ id, name }) => (
        <Button key={id} size="sm" fullWidth loading={pending === id} onClick={() => byProvider(id)}>
          Continue with {name}
        </Button>
      ))}
      {isLocal && (
        <>
          {providers.length > 0 && <Divider label="or with an account of Pentarch" />}
          <PasswordForm
            isMain={providers.length === 0}
            mailsLinks={mailsLinks}
            onSignedIn={goOn}
            onProblem={setProblem}
          />
          <Button
            size="sm"
            fullWidth
            variant="default"
            leftSection={<IconFingerprint size={16} aria-hidden />}
            loading={pending === 'passkey'}
            onClick={byPasskey}
          >
            Use a passkey
          </Button>
        </>
      )}
    </Stack>
  )
}
