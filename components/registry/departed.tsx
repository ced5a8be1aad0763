import { IconAlertTriangleFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './registry.module.css'

/** A person or team that is named but cannot answer any more, or a place where somebody should be named. */
export function Departed({ children }: { children: ReactNode }) {
  return (
    <span className={classes.departed}>
      <IconAlertTriangleFilled size={13} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
