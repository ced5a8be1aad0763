import { ownerStatuses } from '../owner-status'
import classes from './graph.module.css'
import { StatusIcon } from './status-icon'
import { worstTitle } from './words'

const strokes = [
  { tone: 'plain', text: 'Calls' },
  { tone: 'wide', text: 'Privilege widens' },
  { tone: 'bad', text: 'Loop, or too deep' },
] as const

/** What the marks of the picture mean. */
export function Legend() {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {[...ownerStatuses, null].map((status) => (
        <li key={status ?? 'none'}>
          <StatusIcon status={status} size={13} />
          {worstTitle(status)}
        </li>
      ))}
      {strokes.map(({ tone, text }) => (
        <li key={tone}>
          <span className={classes.stroke} data-tone={tone} aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  )
}
