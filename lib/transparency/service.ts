import { askForCheckpoint, askForVerification, rotateKey } from './commands'
import { getConsistency, getEntries, getInclusion, getLog, getTile, listCheckpoints, listKeys } from './queries'
import { addWitness, endWitness, takeCosignature } from './witnesses/commands'

export const logUseCases = {
  'log.get': getLog,
  'log.checkpoints': listCheckpoints,
  'log.keys': listKeys,
  'log.inclusion': getInclusion,
  'log.consistency': getConsistency,
  'log.tile': getTile,
  'log.entries': getEntries,
  'log.checkpoint': askForCheckpoint,
  'log.verify': askForVerification,
  'log.rotateKey': rotateKey,
  'log.addWitness': addWitness,
  'log.removeWitness': endWitness,
  'log.cosign': takeCosignature,
}
