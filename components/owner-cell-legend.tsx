import { OwnerCell } from './owner-cell'
import classes from './owner-cell.module.css'
import type { OwnerView } from './owner-status'

const base = { team: 'Team', confirmed: true, credible: true } as const
const examples: { owner: OwnerView; text: string }[] = [
  { owner: { ...base, source: 'binding' }, text: 'set on the binding' },
  { owner: { ...base, source: 'agent' }, text: 'from the agent' },
  { owner: { ...base, source: 'tool' }, text: 'from the tool' },
  { owner: { ...base, source: 'enforcement_point' }, text: 'from the application' },
  { owner: { ...base, source: 'organisation' }, text: 'organisation default' },
  { owner: { ...base, source: 'binding', confirmed: false }, text: 'not accepted yet' },
  { owner: { ...base, source: 'binding', credible: false }, text: 'nobody behind it any more' },
  { owner: { ...base, team: null, source: null }, text: 'nobody named' },
]

/** What the forms of an owner cell mean. */
export function OwnerCellLegend() {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {examples.map(({ owner, text }) => (
        <li key={text}>
          <OwnerCell {...owner} />
          {text}
        </li>
      ))}
    </ul>
  )
}
