import 'server-only'
import type { Actor } from '@/lib/access/model'
import type { Reader } from '@/lib/db/reading'
import { personIds } from '@/lib/registry/people/ids-store'
import { controlsIn } from '@/lib/standards/controls'
import type { GapFilter } from './shapes'
import type { GapQuery } from './store/list'

interface Asking {
  db: Reader
  actor: Actor
}

/** A filter as the store takes it. */
export async function gapQueryOf(context: Asking, filter: GapFilter): Promise<GapQuery> {
  const { framework, control, assignee, ...rest } = filter
  const evidence = control ?? framework
  return {
    ...rest,
    ...(evidence !== undefined && { evidenceRules: rulesEvidencing(evidence) }),
    ...(assignee && { assignees: await assigneesOf(context, assignee) }),
  }
}

/** The rules that evidence a control (`framework:control`), or any control of a framework. */
function rulesEvidencing(evidence: string): string[] {
  const [framework = '', ...control] = evidence.split(':')
  const id = control.join(':')
  const controls = controlsIn(framework).filter((candidate) => id === '' || candidate.id === id)
  return [...new Set(controls.flatMap((candidate) => candidate.rules.map(({ rule }) => rule)))]
}

async function assigneesOf({ db, actor }: Asking, names: readonly string[]): Promise<(string | null)[]> {
  return [
    ...(await personIds(db, names)),
    ...(names.includes('me') && actor.personId ? [actor.personId] : []),
    ...(names.includes('none') ? [null] : []),
  ]
}
