import 'server-only'
import { read } from '@/lib/http/page-data'
import type { SuccessionViewer } from './words'

const curatingRoles: readonly string[] = ['admin', 'governance_lead']

/** The signed-in person, as far as successions go. */
export async function successionViewer(): Promise<SuccessionViewer> {
  const { leadOf, person, role } = await read('me.get', {})
  return {
    person: person?.id ?? null,
    curates: curatingRoles.includes(role),
    leadOf: leadOf.map(({ slug }) => slug),
  }
}
