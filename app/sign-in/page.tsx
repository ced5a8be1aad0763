import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Mark } from '@/components/shell/mark'
import { hasLocalSignIn, oidcProviders } from '@/lib/access/oidc/settings'
import { refusalOf } from '@/lib/access/refusal'
import { mailSettings } from '@/lib/mail/settings'
import { safeCallback } from '@/lib/urls'
import classes from './sign-in.module.css'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Given = string | string[] | undefined

interface SignInPageProps {
  // `callbackUrl` and `error` are what next-auth itself adds.
  searchParams: Promise<{ callback?: Given; callbackUrl?: Given; error?: Given; refused?: Given }>
}

const one = (given: Given): string | null => (typeof given === 'string' ? given : null)

export default async function SignInPage({ searchParams }: SignInPageProps) {
  await connection()
  const { callback, callbackUrl, error, refused } = await searchParams
  const reason = one(refused) ?? one(error)
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={34} />
          <h1>Sign in to Pentarch</h1>
          <p>Who owns each layer of control</p>
        </div>
        <SignInForm
          callback={safeCallback(one(callback) ?? one(callbackUrl))}
          refusal={reason === null ? null : refusalOf(reason)}
          providers={oidcProviders().map(({ id, name }) => ({ id, name }))}
          isLocal={hasLocalSignIn()}
          mailsLinks={mailSettings().server !== null}
        />
      </div>
    </main>
  )
}
