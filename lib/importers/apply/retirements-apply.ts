import { writeChanges } from '@/lib/audit/change-store'
import type { AuditChange } from '@/lib/audit/model'
import { revokeBindings } from '@/lib/registry/revoke'
import { grantedBindings, retiredEnds } from './names-store'
import { recordedChange } from './recorded'
import { keysIn } from './references'
import type { ImportRun } from './tables-apply'
import type { EntityAt } from './tally'

/** An agent or tool that an import makes retired, where its file says so. */
export interface Retirement extends EntityAt {
  id: string
}

/** The ends of the estate's bindings that are retired by now. Called when agents and tools have been compared. */
export async function retiredIn({ context, estate, retirements }: ImportRun): Promise<Set<string>> {
  const agents = new Set(estate.bindings.map(({ agent }) => agent))
  const tools = new Set(estate.bindings.map(({ tool }) => tool))
  const registered = await retiredEnds(context.db, [...agents], [...tools])
  return new Set([...registered, ...retirements.map(({ collection, key }) => `${collection}/${key}`)])
}

/**
 * Revokes the bindings of what this import retires, as retiring it by hand would. Those that the files name have been
 * revoked on their own lines; these are the others. Answers the ids of what it revoked.
 */
export async function revokeWithEnds({ context, estate, tally, retirements, eventId }: ImportRun): Promise<string[]> {
  if (retirements.length === 0) return []
  const causes = new Map(retirements.map((retirement) => [retirement.id, retirement]))
  const named = keysIn(estate, 'bindings')
  const revoked: string[] = []
  const recorded: AuditChange[] = []
  for (const { id, slug, state, agentId, toolId } of await grantedBindings(context.db, [...causes.keys()])) {
    const cause = causes.get(agentId) ?? causes.get(toolId)
    if (!cause || named.has(slug)) continue
    const changes = [{ field: 'state', from: state, to: 'revoked' }]
    tally.followed(cause, { collection: 'bindings', key: slug }, changes)
    revoked.push(id)
    recorded.push(recordedChange('bindings', { id, key: slug, isNew: false }, changes))
  }
  if (eventId !== null) {
    await revokeBindings(context, revoked)
    await writeChanges(context.db, eventId, recorded)
  }
  return revoked
}
