import { attestationUseCases } from './attest'
import { contractChecks } from './check'
import { contractMoves } from './moves'
import { contractQueries } from './queries'
import { contractWrites } from './write'

/** All use cases of policy contracts and attestations by their names. */
export const contractUseCases = {
  ...contractQueries,
  ...contractChecks,
  ...contractWrites,
  ...contractMoves,
  ...attestationUseCases,
}
