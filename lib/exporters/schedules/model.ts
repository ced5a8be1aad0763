import { z } from 'zod'
import { exportViewSchema } from '../model'

/** What is exported: all columns, of the present. */
export const scheduledViewSchema = exportViewSchema.omit({ columns: true })
export type ScheduledView = z.output<typeof scheduledViewSchema>

/** A folder of its own below the folder for exports: a name, never a path. */
const folderSchema = z.strictObject({
  kind: z.literal('folder'),
  folder: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as "auditors"'),
})

const bucketSchema = z.strictObject({
  kind: z.literal('bucket'),
  endpoint: z.url({ protocol: /^https?$/, message: 'An address with http or https' }).max(500),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'A region such as eu-central-1')
    .default('us-east-1'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'The name of a bucket'),
  prefix: z
    .string()
    .max(200)
    .regex(/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*$/, 'Folders that end with a slash, such as "evidence/pentarch/"')
    .default(''),
  accessKeyId: z.string().regex(/^[\x21-\x7e]{3,128}$/, 'The id of an access key'),
  pathStyle: z.boolean().default(true).describe('The bucket in the path; else before the name of the host'),
})

/** Where the files go. */
export const destinationSchema = z.discriminatedUnion('kind', [folderSchema, bucketSchema])
export type FolderDestination = z.output<typeof folderSchema>
export type BucketDestination = z.output<typeof bucketSchema>

export const scheduledRunStates = ['queued', 'running', 'done', 'failed'] as const
