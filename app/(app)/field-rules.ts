import type { z } from 'zod'

/** The schema's own message when a field does not fit it, for `validate` of a form. */
export const fits = (schema: z.ZodType) => (value: unknown) => {
  const parsed = schema.safeParse(value)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Not valid')
}

/** As `fits`, for a text that may be left empty. */
export const fitsOrEmpty = (schema: z.ZodType) => (value: string) =>
  value.trim() === '' ? null : fits(schema)(value.trim())
