import { IconCircleCheckFilled, IconHelpCircle } from '@tabler/icons-react'
import { TextLink } from '@/components/links'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { urls } from '@/lib/urls'
import classes from './enforcement-path.module.css'

type Numbered = BindingDetail['breaks'][number] & { number: number }

/** The line that leads to a stop: whole, or visibly broken with the numbers of the reasons. */
export function Connector({ breaks }: { breaks: readonly Numbered[] }) {
  const broken = breaks.length > 0
  return (
    <div className={classes.connector} data-broken={broken || undefined}>
      <svg viewBox="0 0 48 24" width="48" height="24" aria-hidden="true">
        {broken ? (
          <>
            <path d="M2 12h13M32 12h12" />
            <path d="M16 19l5 -14M26 19l5 -14" strokeWidth="2.2" />
          </>
        ) : (
          <path d="M2 12h42" />
        )}
        <path d="M40.5 7.5L45 12l-4.5 4.5" />
      </svg>
      {broken && (
        <span className={classes.numbers}>
          <span className="visually-hidden">The chain of trust breaks here, reason </span>
          {breaks.map(({ number }) => number).join(', ')}
        </span>
      )}
    </div>
  )
}

const places = (count: number) => (count === 1 ? 'in one place' : `for ${count} reasons`)

/** Why the chain of trust breaks, in words; or that it holds as far as anybody has said. */
export function Breaks({ binding: { breaks, path } }: { binding: BindingDetail }) {
  if (path.length === 0) {
    return (
      <p className={classes.verdict}>
        <IconHelpCircle size={16} aria-hidden /> Whether the limits hold on the way cannot be said while the path is not
        known.
      </p>
    )
  }
  if (breaks.length === 0) {
    return (
      <p className={classes.verdict} data-holds>
        <IconCircleCheckFilled size={16} aria-hidden /> The chain of trust holds from the agent to the tool.
      </p>
    )
  }
  return (
    <div className={classes.breaks}>
      <h3>The chain of trust breaks {places(breaks.length)}</h3>
      <ol>
        {breaks.map(({ rule, reason }, index) => (
          <li key={`${rule}${reason}`}>
            <b className={classes.number} aria-hidden>
              {index + 1}
            </b>
            <span>
              {reason} <TextLink href={urls.rule(rule)}>{rule}</TextLink>
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
