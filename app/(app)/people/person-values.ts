import type { PersonDetail } from '@/lib/registry/people/model'

/** A person as their form holds them: texts are empty where nothing is known. */
export type PersonValues = {
  externalId: string
  name: string
  email: string
  timeZone: string
  manager: string | null
  reason: string
}

export const nobody: PersonValues = { externalId: '', name: '', email: '', timeZone: '', manager: null, reason: '' }

/** A person as their form begins. */
export function valuesOf({ externalId, name, email, timeZone, manager }: PersonDetail): PersonValues {
  return {
    externalId,
    name,
    email: email ?? '',
    timeZone: timeZone ?? '',
    manager: manager?.externalId ?? null,
    reason: '',
  }
}

/** What of the values an input takes: trimmed, nothing for what is empty. */
export function fieldsOf({ name, email, timeZone, manager }: PersonValues) {
  return { name: name.trim(), email: email.trim() || null, timeZone: timeZone || null, manager }
}
