import type { TeamDetail } from '@/lib/registry/teams/model'
import { cellsText } from '../words'

/** What dissolving a team takes from the estate, in words. */
export function dissolvingText({ ownedCells, assignments }: Pick<TeamDetail, 'ownedCells' | 'assignments'>): string {
  const lost = assignments.rows.filter(({ credible }) => !credible).reduce((sum, { supplies }) => sum + supplies, 0)
  const cells = Math.max(0, ownedCells - lost)
  const waiting = assignments.rows.filter(({ state }) => state === 'proposed').length
  const orphaned =
    cells === 0
      ? 'No cell loses a credible owner.'
      : `${cellsText(cells)} ${cells === 1 ? 'cell loses its' : 'cells lose their'} credible owner: the team stays named, nobody is behind it, and it does not count as coverage until another owner accepts.`
  const asked =
    waiting === 0
      ? ''
      : ` ${waiting} ${waiting === 1 ? 'proposal waits' : 'proposals wait'} for an answer that nobody can give.`
  return `${orphaned}${asked} Nothing moves to another team by itself.`
}
