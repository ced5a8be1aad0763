import {
  IconClockCog,
  IconDatabaseImport,
  IconDeviceDesktop,
  IconHelpCircle,
  IconPlug,
  IconTerminal2,
  IconUsersPlus,
  type TablerIcon,
} from '@tabler/icons-react'
import { deedOf, doorTitles, isWhole, kindOf } from '@/lib/audit/deeds'
import type { AuditEventView } from '@/lib/audit/service'
import { TextLink } from '../links'
import classes from './audit.module.css'
import { subjectHref } from './subject-href'

const doorIcons: Readonly<Record<keyof typeof doorTitles, TablerIcon>> = {
  screen: IconDeviceDesktop,
  api: IconPlug,
  cli: IconTerminal2,
  import: IconDatabaseImport,
  job: IconClockCog,
  scim: IconUsersPlus,
  unknown: IconHelpCircle,
}

/** Through which door a change came. */
export function DoorMark({ door }: { door: AuditEventView['door'] }) {
  const key = door ?? 'unknown'
  const Icon = doorIcons[key]
  return (
    <span className={classes.door}>
      <Icon size={14} aria-hidden />
      {doorTitles[key]}
    </span>
  )
}

type Subject = AuditEventView['subject']

/** What something was done to, as a link to where it stands. */
export function SubjectLink({ subject, after }: { subject: Subject; after: unknown }) {
  const href = subject.page && subjectHref(subject.page)
  const name = subject.name ?? nameIn(subject, after)
  return href ? <TextLink href={href}>{name}</TextLink> : <span>{name}</span>
}

/** What is gone is called as the event called it; several at once are counted. */
function nameIn({ type, id }: Subject, after: unknown): string {
  if (Array.isArray(after) && id === 'several') return `${after.length} at once`
  if (typeof after === 'object' && after !== null)
    for (const key of ['name', 'slug'] as const) {
      const named: unknown = Reflect.get(after, key)
      if (typeof named === 'string') return named
    }
  return id === 'several' ? 'several at once' : `${/^[aeiou]/.test(kindOf(type)) ? 'an' : 'a'} ${kindOf(type)}`
}

/** What was done to what, in plain words. A record that changed together with others says of what kind it is. */
export function Deed({ event }: { event: Pick<AuditEventView, 'action' | 'change' | 'subject' | 'after' | 'before'> }) {
  const named = event.after ?? event.before
  const deed = deedOf(event.action)
  return (
    <span className={classes.deed}>
      <span>{deed}</span>{' '}
      {event.change > 0 && !deed.endsWith(kindOf(event.subject.type)) && <span>{kindOf(event.subject.type)} </span>}
      {(!isWhole(event.action) || event.change > 0) && <SubjectLink subject={event.subject} after={named} />}
    </span>
  )
}
