import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { hasLocalSignIn } from '@/lib/access/oidc/settings'
import { pageMay, read } from '@/lib/http/page-data'
import { AppPanel } from './app-panel'
import { PasskeysPanel } from './passkeys-panel'
import { PasswordForm } from './password-form'
import { SessionsTable } from './sessions-table'
import classes from './sign-in.module.css'

export const metadata: Metadata = { title: 'Sign-in' }

export default async function WaysInPage() {
  const [ways, { rows: sessions }, can] = await Promise.all([
    read('waysIn.list', {}),
    read('sessions.list', {}),
    pageMay('waysIn.setPassword'),
  ])
  return (
    <>
      <PageHeader
        title="Sign-in"
        meta={<span>How you show that it is you, {ways.email}, and where you are signed in</span>}
      />
      <div className={classes.page}>
        {ways.providers.length > 0 && (
          <Panel title="Identity provider">
            <p>
              You sign in by {ways.providers.map(({ name }) => name).join(', ')}, and your role follows from your groups
              there.
            </p>
          </Panel>
        )}
        {hasLocalSignIn() && (
          <>
            <Panel title="Passkeys" aside="Fingerprint, face or PIN of a device">
              <PasskeysPanel passkeys={ways.passkeys} can={can} />
            </Panel>
            <Panel title="Password">
              <PasswordForm hasPassword={ways.hasPassword} email={ways.email} can={can} />
            </Panel>
            <Panel title="Authenticator app" aside="A code beside the password">
              <AppPanel since={ways.appSince} codes={ways.recoveryCodes} hasPassword={ways.hasPassword} can={can} />
            </Panel>
          </>
        )}
        <Panel title="Where you are signed in" flush>
          <SessionsTable sessions={sessions} />
        </Panel>
      </div>
    </>
  )
}
