import { z } from 'zod'
import type { Json } from '@/lib/audit/model'
import { canonicalBytes } from './canonical'
import { type Committed, committed, isCommitted, type Opening } from './committed'
import { type Hash, leafHash } from './merkle'

/** What an audit event looks like as a leaf of the log, and what its hash is over. */

const json = z.json() as z.ZodType<Json>
const hashText = z.string().regex(/^[0-9a-f]{64}$/)
const committedSchema = z.strictObject({ $committed: hashText })
const count = z.int().min(0)

/** The document of a leaf. Its bytes are its canonical JSON (RFC 8785), its hash is that of RFC 9162 over those bytes. */
export const leafDocumentSchema = z.strictObject({
  version: z.literal(1),
  index: count,
  /** The leaf before: so the order and the times of a whole log hang together, whoever holds a part of it. */
  previous: z.strictObject({ index: count, sequence: count, at: z.iso.datetime(), leaf: hashText }).nullable(),
  id: z.uuid(),
  sequence: count,
  at: z.iso.datetime(),
  actor: z.strictObject({
    kind: z.enum(['account', 'token', 'system']),
    id: z.uuid().nullable(),
    /** In the clear only for what the product does by itself. */
    name: z.union([committedSchema, z.string()]).nullable(),
  }),
  action: z.string(),
  subject: z.strictObject({ type: z.string(), id: z.string() }),
  before: json,
  after: json,
  /** The single records that the event changed: how many, and the root over them in their order; null for none. */
  changes: z.strictObject({ rows: count, root: hashText }).nullable(),
  /** Through which door it came; null when nobody noted it. */
  door: z.string().nullable(),
  reason: committedSchema.nullable(),
  requestId: z.string(),
})

export type LeafDocument = z.infer<typeof leafDocumentSchema>

/** An audit event as the database keeps it: personal values are committed. */
export interface StoredEvent {
  id: string
  sequence: number
  at: Date
  actorKind: 'account' | 'token' | 'system'
  actorId: string | null
  /** The name of a system actor; null for a person or token, whose name is committed. */
  actorName: string | null
  actorNameCommitted: string | null
  action: string
  subjectType: string
  subjectId: string
  before: Json
  after: Json
  reasonCommitted: string | null
  requestId: string
  changes?: { rows: number; root: string } | null
  door?: string | null
}

/** The leaf that stands before another. */
export interface PreviousLeaf {
  index: number
  sequence: number
  at: Date
  hash: string
}

/** `before` and `after` up to this many bytes stand in the leaf; a larger one stands as its hash (an empty salt). */
export const valueBytesMax = 16_384

/** A value as it stands in the leaf, so that no entry outgrows what a tile carries (65,535 bytes). */
function bounded(value: Json): Json {
  if (value === null || canonicalBytes(value).length <= valueBytesMax) return value
  return { ...committed(value, new Uint8Array()) }
}

const orNull = (digest: string | null): Committed | null => (digest === null ? null : { $committed: digest })

/** The leaf document of an event at this place of the log. */
export function leafDocument(event: StoredEvent, index: number, previous: PreviousLeaf | null): LeafDocument {
  return {
    version: 1,
    index,
    previous: previous && {
      index: previous.index,
      sequence: previous.sequence,
      at: previous.at.toISOString(),
      leaf: previous.hash,
    },
    id: event.id,
    sequence: event.sequence,
    at: event.at.toISOString(),
    actor: {
      kind: event.actorKind,
      id: event.actorId,
      name: event.actorName ?? orNull(event.actorNameCommitted),
    },
    action: event.action,
    subject: { type: event.subjectType, id: event.subjectId },
    before: bounded(event.before),
    after: bounded(event.after),
    changes: event.changes ?? null,
    door: event.door ?? null,
    reason: orNull(event.reasonCommitted),
    requestId: event.requestId,
  }
}

/** One record that an event changed, as a leaf of the tree whose root the event's leaf carries. */
export const changeBytes = (change: {
  subjectType: string
  subjectId: string
  before: Json
  after: Json
}): Uint8Array => canonicalBytes(change)

/** What the log hashes of a leaf. */
export const leafBytes = (document: LeafDocument): Uint8Array => canonicalBytes(document)

/** The hash of a leaf. */
export const hashOfLeaf = (document: LeafDocument): Hash => leafHash(leafBytes(document))

/** The openings of `before` and `after` that stand as their hash for their size alone; these are never erased. */
export function openingsOfSize(
  { before, after }: Pick<StoredEvent, 'before' | 'after'>,
  document: LeafDocument,
): Opening[] {
  const openingOf = (pointer: string, value: Json, inLeaf: Json): Opening[] =>
    isCommitted(inLeaf) && !isCommitted(value) ? [{ index: document.index, pointer, salt: '', value }] : []
  return [...openingOf('/before', before, document.before), ...openingOf('/after', after, document.after)]
}
