import { Kbd } from '@mantine/core'
import classes from './review.module.css'

/** Which key does what, for those who look; the dialog of all shortcuts says it to everybody. */
export function ReviewKeysHint() {
  return (
    <p className={classes.keys} aria-hidden>
      <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> move · <Kbd size="xs">Enter</Kbd> look · <Kbd size="xs">c</Kbd>{' '}
      certify · <Kbd size="xs">x</Kbd> revoke · <Kbd size="xs">r</Kbd> reassign · <Kbd size="xs">n</Kbd> not mine ·{' '}
      <Kbd size="xs">d</Kbd> later · <Kbd size="xs">Space</Kbd> select · <Kbd size="xs">u</Kbd> undo
    </p>
  )
}
