import type { Metadata } from 'next'
import { Mark } from '@/components/shell/mark'
import { safeCallback } from '@/lib/urls'
import classes from './sign-in.module.css'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

interface SignInPageProps {
  // `callbackUrl` is what next-auth itself adds.
  searchParams: Promise<{ callback?: string | string[]; callbackUrl?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callback, callbackUrl } = await searchParams
  const wanted = callback ?? callbackUrl
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={34} />
          <h1>Sign in to Pentarch</h1>
          <p>Who owns each layer of control</p>
        </div>
        <SignInForm callback={safeCallback(typeof wanted === 'string' ? wanted : null)} />
      </div>
    </main>
  )
}
