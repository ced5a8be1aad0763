import type { Metadata } from 'next'
import { Mark } from '@/components/shell/mark'
import classes from '../sign-in/sign-in.module.css'
import { WelcomeForm } from './welcome-form'

export const metadata: Metadata = { title: 'Welcome' }

/** Where a link leads that makes an account one's own: an invitation, a password to be chosen anew, the first administrator. */
export default function WelcomePage() {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={34} />
          <h1>Welcome to Pentarch</h1>
          <p>Who owns each layer of control</p>
        </div>
        <WelcomeForm />
      </div>
    </main>
  )
}
