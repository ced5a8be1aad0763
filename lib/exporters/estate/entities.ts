import type { Json } from '@/lib/audit/model'
import { isRecord } from '@/lib/importers/source/document'

/** An entity as the registry holds it: a value for each field under its path in the estate format, such as `intent.text`. */
export type Fields = Readonly<Record<string, Json>>

/** Fields that the registry keeps for itself. */
const internal = new Set(['key', 'digest', 'inForceAt', 'supersededAt', 'subjectType', 'isCertifiedInCampaign'])
/** What a group of keys is nothing without. */
const needed: Readonly<Record<string, string>> = {
  identity: 'primitive',
  decisionLog: 'source',
  intent: 'text',
  credential: 'type',
  allowlist: 'present',
  signedOffBy: 'team',
}

/** The entity as the estate format writes it; what is not known is left out, for there an absent key says nothing. */
export function entityOf(fields: Fields): Record<string, Json> {
  const entity: Record<string, Json> = {}
  for (const [path, value] of Object.entries(fields)) {
    if (value === null || value === '' || internal.has(path)) continue
    const [key = path, part] = path.split('.')
    if (part === undefined) {
      entity[key] = value
      continue
    }
    const group = entity[key]
    const held = isRecord(group) ? group : {}
    entity[key] =
      part === 'lifetimeSeconds' ? { ...held, lifetime: durationOf(Number(value)) } : { ...held, [part]: value }
  }
  for (const [key, part] of Object.entries(needed)) {
    const group = entity[key]
    if (isRecord(group) && !(part in group)) delete entity[key]
  }
  return entity
}

/** Seconds as an ISO 8601 duration in the largest unit that fits: `PT15M`, `P1D`. */
export function durationOf(seconds: number): string {
  if (seconds > 0 && seconds % 86_400 === 0) return `P${seconds / 86_400}D`
  if (seconds > 0 && seconds % 3600 === 0) return `PT${seconds / 3600}H`
  return seconds > 0 && seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`
}
