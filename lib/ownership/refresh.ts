import type { EstateChange } from '@/lib/estate/settle'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { type MovedOwners, nothingMoved, type OwnerTarget, refreshCells, targetsOf } from './store'

/**
 * Re-resolves just the cells that a change can reach and writes those that differ.
 * @returns what moved: the anchors whose cells changed and the assignments that gained or lost a cell.
 */
export async function refreshOwners(context: UseCaseContext, change: EstateChange): Promise<MovedOwners> {
  const targets: OwnerTarget[] = await targetsOf(context.db, change)
  if (targets.length === 0) return nothingMoved
  return await refreshCells(context.db, context.now, targets)
}
