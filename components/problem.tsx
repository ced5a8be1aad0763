import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './panel.module.css'

/** What went wrong with a form or dialog, where it cannot be missed; nothing when nothing did. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null
  return (
    <div role="alert" className={classes.problem}>
      <IconAlertTriangle size={16} aria-hidden />
      {text}
    </div>
  )
}
