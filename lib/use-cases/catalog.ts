import { matrixUseCases } from '@/lib/matrix/service'
import { ownershipUseCases } from '@/lib/ownership/service'
import { agentUseCases } from '@/lib/registry/agents/service'

/**
 * Every use case of the product by its name: what the REST door, the browser's client, the command line and the
 * permission test go through. A name of the permission table that is missing here does not compile.
 */
export const useCases = {
  ...matrixUseCases,
  ...ownershipUseCases,
  ...agentUseCases,
}
