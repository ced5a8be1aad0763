import { CopyButton } from './copy-button'
import classes from './digest.module.css'

/** Enough of a digest to tell two apart at a glance. */
const shownCharacters = 12

/** A SHA-256 digest as people compare it: its beginning in sight, all of it on hover and to copy. */
export function Digest({ digest, full = false }: { digest: string; full?: boolean }) {
  return (
    <span className={classes.digest}>
      <code title={digest} data-full={full || undefined}>
        {full ? digest : digest.slice(0, shownCharacters)}
      </code>
      <CopyButton value={digest} label={`Copy digest ${digest.slice(0, shownCharacters)}`} />
    </span>
  )
}
