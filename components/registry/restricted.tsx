import { Switch, type SwitchProps } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import classes from './registry.module.css'

/** Beside the name of an agent or a tool that not everybody sees. */
export function RestrictedMark() {
  return (
    <span className={classes.restricted} role="img" aria-label="Restricted" title="Restricted: not everybody sees it">
      <IconShieldLock size={14} stroke={1.8} aria-hidden />
    </span>
  )
}

/** Who may know of an agent or a tool; `can` says why somebody may not decide that. */
export function RestrictedSwitch({ can, ...props }: SwitchProps & { can: true | string }) {
  const effect = 'Only its teams, governance leads, auditors and admins see it and all that belongs to it.'
  return (
    <Switch
      label="Restricted"
      description={can === true ? effect : `${effect} ${can}`}
      disabled={can !== true}
      {...props}
    />
  )
}
