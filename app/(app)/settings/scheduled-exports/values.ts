import type { ExportFormat, ExportKind } from '@/lib/exporters/names'
import type { InputOf } from '@/lib/http/client'

/** What the form holds: the fields of both destinations, of which those of the chosen one count. */
export type ScheduleValues = {
  name: string
  slug: string
  kind: ExportKind
  format: ExportFormat
  filter: string[]
  every: 'day' | 'week' | 'month'
  first: string
  time: string
  timeZone: string
  to: 'folder' | 'bucket'
  folder: string
  endpoint: string
  region: string
  bucket: string
  prefix: string
  accessKeyId: string
  secretAccessKey: string
  note: string
}

export const initialSchedule = (today: string, timeZone: string): ScheduleValues => ({
  name: '',
  slug: '',
  kind: 'gaps',
  format: 'csv',
  filter: [],
  every: 'day',
  first: today,
  time: '06:00',
  timeZone,
  to: 'folder',
  folder: '',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  accessKeyId: '',
  secretAccessKey: '',
  note: '',
})

/** What is sent of it. */
export function scheduleInput(values: ScheduleValues): InputOf<'exportSchedules.create'> {
  const { name, slug, kind, format, filter, every, first, time, timeZone, note } = values
  const trimmedNote = note.trim()
  const common = {
    name: name.trim(),
    slug: slug.trim(),
    view: { kind, format, filter: filterOf(filter) },
    plan: { every, first, time, timeZone },
    ...(trimmedNote && { note: trimmedNote }),
  }
  if (values.to === 'folder') return { ...common, destination: { kind: 'folder', folder: values.folder.trim() } }
  const { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey } = values
  return {
    ...common,
    destination: {
      kind: 'bucket',
      endpoint: endpoint.trim(),
      region: region.trim(),
      bucket: bucket.trim(),
      prefix: prefix.trim(),
      accessKeyId: accessKeyId.trim(),
    },
    secretAccessKey,
  }
}

/** `severity=high` as a filter; what has no sign stands for nothing. */
export const isFilter = (text: string): boolean => /^[A-Za-z]+=.+$/.test(text)

const filterOf = (parts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=')
      return [name, value.join('=')]
    }),
  )
