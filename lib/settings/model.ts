import { z } from 'zod'
import { gapPolicySchema } from '@/lib/gaps/model'
import { timeZoneSchema } from '@/lib/time/calendar'

/** What happens when a binding with an unowned layer is to become active: nothing, a warning, or a refusal. */
export const activationModes = ['off', 'warn', 'block'] as const
export type ActivationMode = (typeof activationModes)[number]

const activation = z.enum(activationModes)
const dueDays = z
  .number('Days are a number')
  .int('Days are a whole number')
  .min(1, 'At least 1 day')
  .max(3650, 'At most 3,650 days')

/** What the organisation has decided about limits and dates. Every part has its default, so that an older setting stays readable. */
export const policySchema = z.strictObject({
  /** What the gap rules measure against. */
  gaps: gapPolicySchema.prefault({}),
  /** By when a gap should be gone, by severity, counted from when it opened. */
  dueDays: z
    .strictObject({
      low: dueDays.default(180),
      medium: dueDays.default(90),
      high: dueDays.default(30),
      critical: dueDays.default(7),
    })
    .prefault({}),
  /** How old a checkpoint of the audit log gets before what came since is signed, in minutes. */
  checkpointMinutes: z.number().int().min(1, 'At least 1 minute').max(1440, 'At most 1,440 minutes').default(10),
  /** How long an exception may last at most. */
  exceptionDaysMax: dueDays.default(365),
  /** "No owner, no activation", by risk. */
  activation: z
    .strictObject({
      low: activation.default('warn'),
      medium: activation.default('warn'),
      high: activation.default('warn'),
      critical: activation.default('block'),
    })
    .prefault({}),
  /** How long somebody stays signed in. */
  sessions: z
    .strictObject({
      /** Left alone for this long, a session is over. */
      idleMinutes: z.number().int().min(5, 'At least 5 minutes').max(1440, 'At most 1,440 minutes').default(120),
      /** So long after signing in it is over in any case. */
      absoluteHours: z.number().int().min(1, 'At least 1 hour').max(168, 'At most 168 hours').default(12),
      /** For so long after showing who they are, nobody is asked again before what is sensitive. */
      confirmMinutes: z.number().int().min(1, 'At least 1 minute').max(60, 'At most 60 minutes').default(10),
    })
    .prefault({}),
  /** How reviews go. */
  reviews: z
    .strictObject({
      /** Where days end for people whose own time zone nobody knows. */
      timeZone: timeZoneSchema.default('UTC'),
      /** The hour of a person's day from which they are mailed. */
      mailHour: z.number().int().min(0).max(23).default(8),
      /** For how long somebody may hand over all their reviews. */
      handoverDaysMax: dueDays.default(30),
      /** By when revoked access has to be gone where it is granted, by risk. */
      remediationDays: z
        .strictObject({
          low: dueDays.default(30),
          medium: dueDays.default(14),
          high: dueDays.default(7),
          critical: dueDays.default(3),
        })
        .prefault({}),
    })
    .prefault({}),
  /** How many people a provisioning feed may let go within an hour before somebody has to confirm: whichever of the two is more. */
  provisioning: z
    .strictObject({
      holdAfter: z
        .strictObject({
          people: z.number().int().min(0).max(100_000, 'At most 100,000 people').default(10),
          percent: z.number().int().min(0).max(100, 'At most 100 percent').default(5),
        })
        .prefault({}),
    })
    .prefault({}),
})
export type Policy = z.output<typeof policySchema>

export const defaultPolicy: Policy = policySchema.parse({})
