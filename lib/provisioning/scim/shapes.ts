import { z } from 'zod'
import { pageDefault, pageMax } from './messages'
import { namesIn, type Projection } from './project'
import type { JsonObject } from './schema'

/** The address of the SCIM server, as whoever asks reaches it: it stands in what is answered. */
export const baseSchema = z.url().max(500)

const body = z.custom<JsonObject>()

/** An answer of the SCIM server. */
export const answerSchema = z.object({
  body,
  /** The version of the resource in it. */
  version: z.int().optional(),
})

/** What was sent, checked against the schemas of SCIM and not before. */
export const bodySchema = z.unknown()

export const idSchema = z.string().min(1).max(200)

const names = z
  .string()
  .max(4000)
  .optional()
  .transform((text) => (text === undefined ? null : namesIn(text)))

/** Which attributes are wanted of what is answered. */
export const projectionFields = { attributes: names, excludedAttributes: names }

export const projectionOf = ({
  attributes,
  excludedAttributes,
}: {
  attributes: string[] | null
  excludedAttributes: string[] | null
}): Projection => ({ attributes, excluded: excludedAttributes ?? [] })

export const getInput = z.strictObject({ base: baseSchema, id: idSchema, ...projectionFields })
export const createInput = z.strictObject({ base: baseSchema, body: bodySchema, ...projectionFields })
/** Of an edit: `ifMatch` is the header of that name (RFC 7644, section 3.14). */
export const changeInput = z.strictObject({
  base: baseSchema,
  id: idSchema,
  body: bodySchema,
  ifMatch: z.string().max(1000).optional(),
  ...projectionFields,
})
export const removeInput = z.strictObject({ base: baseSchema, id: idSchema, ifMatch: z.string().max(1000).optional() })

// What is less than the least counts as the least (RFC 7644, section 3.4.2.4).
const startIndex = z.coerce
  .number()
  .int()
  .max(10_000_000)
  .default(1)
  .transform((index) => Math.max(1, index))
const count = z.coerce
  .number()
  .int()
  .default(pageDefault)
  .transform((wanted) => Math.min(pageMax, Math.max(0, wanted)))

export const findInput = z.strictObject({
  base: baseSchema,
  filter: z.string().optional(),
  sortBy: z.string().max(200).optional(),
  sortOrder: z.string().max(20).optional(),
  startIndex,
  count,
  ...projectionFields,
})
export type FindInput = z.output<typeof findInput>

/** The parameters of a search as they are sent in a body (RFC 7644, section 3.4.3). */
export const searchInput = z.strictObject({ base: baseSchema, body: bodySchema })
