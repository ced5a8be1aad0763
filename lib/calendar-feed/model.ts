import { z } from 'zod'

/** A day that somebody should know of, as their calendar shows it. */
export interface CalendarDay {
  /** The same in every reading, so that a calendar moves the day instead of adding another. */
  id: string
  day: string
  title: string
  text: string
  url: string
}

export const feedSchema = z.object({
  createdAt: z.iso.datetime(),
  lastReadAt: z.iso.datetime().nullable().describe('When a calendar last read it; noted once an hour'),
})
export const calendarSchema = z.object({
  feed: feedSchema.nullable().describe('Null while there is none'),
  timeZone: z.string().nullable().describe('Your own; null for that of the organisation'),
  organisationTimeZone: z.string(),
  mail: z.object({
    address: z.string().nullable().describe('Where your mail goes; null when nobody knows'),
    goesOut: z.boolean().describe('Whether mail leaves Pentarch at all'),
    fromHour: z.number().int().describe('The hour of your day from which it comes'),
  }),
})
