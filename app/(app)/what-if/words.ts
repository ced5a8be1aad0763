import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import type { NamedChange } from '@/lib/whatif/model'

type Totals = OutputOf<'whatif.preview'>['totals']

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** What it comes to, in a sentence. */
export function consequence({ owners, opens, closes, revokes, successions }: Totals): string {
  const parts = [
    owners > 0 && `${counted(owners, 'owner changes', 'owners change')}`,
    opens > 0 && `${counted(opens, 'gap opens', 'gaps open')}`,
    closes > 0 && `${counted(closes, 'gap closes', 'gaps close')}`,
    revokes > 0 && `${counted(revokes, 'binding is revoked', 'bindings are revoked')}`,
    successions > 0 && `${counted(successions, 'successor is asked for', 'successors are asked for')}`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'No owner and no gap changes.' : `${parts.join(', ')}.`
}

/** The page of what is changed. */
export function subjectUrlOf(change: NamedChange): string {
  switch (change.kind) {
    case 'dissolve_team':
      return urls.team(change.team)
    case 'person_leaves':
      return urls.person(change.person)
    case 'retire_agent':
      return urls.agent(change.agent)
    case 'move_ownership':
      return urls.team(change.to)
  }
}
