import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import Link from 'next/link'
import classes from './panel.module.css'

interface StatTileProps {
  label: string
  value: number | string
  /** Small words under the value. */
  note?: string
  /** Change since the last period; `better` says whether less is good. */
  change?: { by: number; better: 'up' | 'down'; since: string }
  href?: string
}

/** One figure with its name; a link when there is a list behind it. */
export function StatTile({ label, value, note, change, href }: StatTileProps) {
  const body = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{typeof value === 'number' ? value.toLocaleString('en') : value}</span>
      {change && change.by !== 0 && <Change {...change} />}
      {note && <span className={classes.note}>{note}</span>}
    </>
  )
  return href ? (
    <Link href={href} className={classes.tile} prefetch={false}>
      {body}
    </Link>
  ) : (
    <div className={classes.tile}>{body}</div>
  )
}

function Change({ by, better, since }: { by: number; better: 'up' | 'down'; since: string }) {
  const Icon = by > 0 ? IconArrowUpRight : IconArrowDownRight
  return (
    <span className={classes.note} data-tone={by > 0 === (better === 'up') ? 'good' : 'bad'}>
      <Icon size={13} aria-hidden />
      {Math.abs(by).toLocaleString('en')} {by > 0 ? 'more' : 'fewer'} {since}
    </span>
  )
}
