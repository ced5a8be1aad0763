import { IconArrowsMaximize } from '@tabler/icons-react'
import type { ShownWidening } from '@/lib/delegations/model'
import classes from './graph.module.css'
import { wideningLabel, wideningSentences } from './words'

/** What widens along a delegation: the count for lists, every sentence where there is room. */
export function Wider({ widening, long = false }: { widening: ShownWidening | null; long?: boolean }) {
  if (!widening) return <span className={classes.quiet}>Nothing widens</span>
  const sentences = wideningSentences(widening)
  if (!long) {
    return (
      <span className={`${classes.wide} ${classes.clipped}`} title={sentences.join('\n')}>
        <IconArrowsMaximize size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {wideningLabel(widening)}
      </span>
    )
  }
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence} className={classes.wide}>
          {sentence}
        </li>
      ))}
    </ul>
  )
}
