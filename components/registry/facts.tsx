import type { ReactNode } from 'react'
import classes from './registry.module.css'

export interface Fact {
  label: string
  value: ReactNode
}

/** What is known about a thing, name by name. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
