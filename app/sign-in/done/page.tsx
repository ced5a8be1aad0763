import type { Metadata } from 'next'
import { Mark } from '@/components/shell/mark'
import classes from '../sign-in.module.css'
import { CloseWindow } from './close-window'

export const metadata: Metadata = { title: 'You are signed in' }

/** Where the window ends in which a provider asked somebody anew: it tells the page that waits, and closes. */
export default function SignedInPage() {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={34} />
          <h1>You are signed in</h1>
          <p>You can close this window and go on where you were.</p>
        </div>
        <CloseWindow />
      </div>
    </main>
  )
}
