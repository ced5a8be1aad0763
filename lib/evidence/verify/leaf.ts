import type { Json } from '@/lib/audit/model'
import { canonicalValueAt, type Place, refuseAt } from './lines'

/**
 * A leaf document as far as the verifier reads it. The shape of the rest is the log's affair: its bytes are proved as a
 * whole. Looked at by hand, field by field, for there may be a million of them.
 */
export interface Leaf {
  index: number
  previous: { index: number; at: string; leaf: string } | null
  at: string
  actorKind: string
  action: string
  subject: { type: string; id: string }
  /** The document as it was read. */
  document: { [key: string]: Json }
}

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value: Json | undefined): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isText = (value: Json | undefined): value is string => typeof value === 'string'
const isHash = (value: Json | undefined): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value)

/** Instants of the log have this form, so that their texts sort as their times do. */
const isInstant = (value: Json | undefined): value is string =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)

/** The fields of a leaf document, in the order of canonical JSON. */
const fields = 'action,actor,after,at,before,changes,door,id,index,previous,reason,requestId,sequence,subject,version'

/** Reads one line of events.ndjson. @throws Refusal naming the field that is wrong */
export function leafAt(bytes: Uint8Array, place: Place): Leaf {
  const document = canonicalValueAt(bytes, place)
  if (!isRecord(document) || Object.keys(document).join() !== fields) return wrong(place, '(all of them)')
  const { version, index, at, action, actor, subject } = document
  if (version !== 1) return wrong(place, 'version')
  if (!isCount(index)) return wrong(place, 'index')
  if (!isInstant(at)) return wrong(place, 'at')
  if (!isText(action)) return wrong(place, 'action')
  if (!isRecord(actor) || !isText(actor.kind)) return wrong(place, 'actor')
  if (!isRecord(subject) || !isText(subject.type) || !isText(subject.id)) return wrong(place, 'subject')
  const previous = previousIn(document.previous)
  if (previous === undefined || (previous === null) !== (index === 0)) return wrong(place, 'previous')
  if (previous && previous.index !== index - 1) return wrong(place, 'previous.index')
  return {
    index,
    previous,
    at,
    action,
    actorKind: actor.kind,
    subject: { type: subject.type, id: subject.id },
    document,
  }
}

const wrong = (place: Place, field: string): never =>
  refuseAt(place, `The field "${field}" is not as a leaf document has it.`)

function previousIn(value: Json | undefined): Leaf['previous'] | undefined {
  if (value === null) return null
  if (!isRecord(value) || !isCount(value.index) || !isInstant(value.at) || !isHash(value.leaf)) return undefined
  return { index: value.index, at: value.at, leaf: value.leaf }
}
