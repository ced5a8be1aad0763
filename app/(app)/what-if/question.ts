import { type NamedChange, supposedInput } from '@/lib/whatif/model'

/** The address of a question holds at most one change of each kind. */
export interface Question {
  dissolveTeam?: string | undefined
  personLeaves?: string | undefined
  retireAgent?: string | undefined
  moveFrom?: string | undefined
  to?: string | undefined
  /** Slugs separated by commas: only what is owned of these. */
  tools?: string | undefined
}

/** The changes that an address asks about; none when it asks about nothing, or about half a move. */
export function changesOf({ dissolveTeam, personLeaves, retireAgent, moveFrom, to, tools }: Question): NamedChange[] {
  const changes: NamedChange[] = []
  const only = tools?.split(',').filter(Boolean) ?? []
  if (moveFrom && to)
    changes.push({ kind: 'move_ownership', from: moveFrom, to, ...(only.length > 0 && { tools: only }) })
  if (personLeaves) changes.push({ kind: 'person_leaves', person: personLeaves })
  if (retireAgent) changes.push({ kind: 'retire_agent', agent: retireAgent })
  if (dissolveTeam) changes.push({ kind: 'dissolve_team', team: dissolveTeam })
  return supposedInput.safeParse({ changes }).success ? changes : []
}
