import type { Actor } from '@/lib/access/model'
import { DomainError } from '@/lib/use-cases/errors'

/** `true`, or why somebody may not say who knows of an agent or a tool: those who are to be kept from it must not. */
export const mayRestrict = ({ kind, role }: Pick<Actor, 'kind' | 'role'>): true | string =>
  kind === 'system' || role === 'admin' || role === 'governance_lead'
    ? true
    : 'Only governance leads and admins restrict who knows of it.'

/** @throws DomainError `forbidden` when somebody changes it who may not. */
export function assertMayRestrict(actor: Actor, present: boolean, wanted: boolean | undefined): void {
  if (wanted === undefined || wanted === present) return
  const verdict = mayRestrict(actor)
  if (verdict === true) return
  throw new DomainError('forbidden', verdict, { fields: [{ field: 'restricted', message: verdict }] })
}
