import type { OutputOf } from '@/lib/http/client'
import { columns } from '../render/table'
import type { Terminal } from '../terminal'

/** Whom a reminder would reach and when, for people. */
export function reachText(
  { reminded, tomorrow, people }: OutputOf<'campaigns.remindPreview'>,
  terminal: Terminal,
): string {
  if (reminded === 0) return 'Nobody has anything to answer now.\n'
  const table = columns(
    ['PERSON', 'BY MAIL TO', 'OPEN', 'HEARS'],
    people.rows.map(({ person, standIn, open, hears }) => [
      person.externalId,
      (standIn ?? person).externalId,
      open.toLocaleString('en'),
      hears,
    ]),
    terminal,
  )
  const more = people.more ? `and ${(reminded - people.rows.length).toLocaleString('en')} more\n` : ''
  return `${table}${more}${reminded} would be reminded, ${tomorrow} of them tomorrow.\n`
}
