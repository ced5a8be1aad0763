import 'server-only'
import type { Viewer } from '@/components/registry/viewer'
import { read } from '@/lib/http/page-data'

const curatingRoles: readonly string[] = ['admin', 'governance_lead']

/** The signed-in person, as far as ownership goes. */
export async function readViewer(): Promise<Viewer> {
  const { leadOf, person, role } = await read('me.get', {})
  return {
    leadOf: leadOf.map(({ slug }) => slug),
    person: person?.externalId ?? null,
    curates: curatingRoles.includes(role),
  }
}
