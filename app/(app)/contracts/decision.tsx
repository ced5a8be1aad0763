import { IconCheck, IconX } from '@tabler/icons-react'
import classes from './decision.module.css'

/** Allow or deny, by word and shape. */
export function Decision({ decision }: { decision: boolean }) {
  const Icon = decision ? IconCheck : IconX
  return (
    <span className={classes.decision} data-decision={decision ? 'allow' : 'deny'}>
      <Icon size={14} stroke={2.4} aria-hidden />
      {decision ? 'Allow' : 'Deny'}
    </span>
  )
}
