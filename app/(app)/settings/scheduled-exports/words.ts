import { formatTitles } from '@/lib/exporters/names'
import type { OutputOf } from '@/lib/http/client'

export type Schedule = OutputOf<'exportSchedules.list'>['rows'][number]
export type ScheduledRun = OutputOf<'exportSchedules.runs'>['rows'][number]

const intervalWords: Record<Schedule['plan']['every'], string> = {
  day: 'Every day',
  week: 'Every week',
  month: 'Every month',
}

/** What is exported, in a few words. */
export function viewWords({ view: { kind, format, filter } }: Schedule): string {
  const narrowed = Object.entries(filter).map(([name, value]) => `${name} ${value}`)
  return [`${kind} as ${formatTitles[format]}`, ...narrowed].join(', ')
}

/** When it is made. */
export const planWords = ({ plan: { every, time, timeZone } }: Schedule): string =>
  `${intervalWords[every]} at ${time}, ${timeZone}`

/** Where it goes. */
export function destinationWords({ destination }: Schedule): string {
  return destination.kind === 'folder'
    ? `Folder ${destination.folder}`
    : `Bucket ${destination.bucket}/${destination.prefix}`
}
