import { agentUseCases } from './agents/service'
import { bindingUseCases } from './bindings/service'
import { delegationUseCases } from './delegations/service'
import { peopleUseCases } from './people/service'
import { endpointUseCases } from './points/endpoint'
import { pointUseCases } from './points/service'
import { searchUseCases } from './search'
import { teamUseCases } from './teams/service'
import { toolUseCases } from './tools/service'

/** All use cases of the registry by their names. */
export const registryUseCases = {
  ...peopleUseCases,
  ...teamUseCases,
  ...agentUseCases,
  ...toolUseCases,
  ...pointUseCases,
  ...endpointUseCases,
  ...bindingUseCases,
  ...delegationUseCases,
  ...searchUseCases,
}
