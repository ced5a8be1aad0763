import { Departed } from '@/components/registry/departed'
import { PersonName } from '@/components/registry/person-name'
import type { ServiceAccount } from '@/lib/access/service-accounts/model'

/** Who answers for a service account: the sponsor of its agent. That nobody does, or they have left, is a gap on the agent. */
export function Owner({ account: { owner } }: { account: Pick<ServiceAccount, 'owner'> }) {
  return owner ? <PersonName person={owner} /> : <Departed>Nobody is named</Departed>
}
