import { z } from 'zod'
import { timeZoneSchema } from '@/lib/time/calendar'

export const intervals = ['day', 'week', 'month'] as const

/** When a scheduled export runs: counted from its first day, at a time of day where it is. */
export const planSchema = z.strictObject({
  every: z.enum(intervals),
  first: z.iso.date().describe('Its first day; weeks and months are counted from it'),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day such as 06:30'),
  timeZone: timeZoneSchema,
})
export type Plan = z.output<typeof planSchema>
