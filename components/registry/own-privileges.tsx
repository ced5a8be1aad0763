import { IconHelpCircle, IconKey, IconLock } from '@tabler/icons-react'
import type { Known } from '@/lib/registry/model'
import classes from './registry.module.css'
import { independentPrivilegesSentences, knownTitles } from './titles'

const icons = { yes: IconKey, no: IconLock, unknown: IconHelpCircle }

/** Whether something can act with credentials of its own: a word for lists, the whole sentence on pages. */
export function OwnPrivileges({ known, long = false }: { known: Known; long?: boolean }) {
  const Icon = icons[known]
  return (
    <span
      className={classes.privileges}
      data-known={known}
      title={long ? undefined : independentPrivilegesSentences[known]}
    >
      <Icon size={14} stroke={1.8} aria-hidden />
      {long ? independentPrivilegesSentences[known] : knownTitles[known]}
    </span>
  )
}
