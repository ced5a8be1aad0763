import { z } from 'zod'
import type { AuditItem } from '../model'
import { type Activity, type OcsfEvent, ocsfEvent } from './event'

const entityManagement = 3004
const userAccessManagement = 3005
const apiActivity = 6003
const informational = 1

/** The verb of an action as an activity of Entity Management (3004); verbs without a number are named. */
const activities: Readonly<Record<string, number>> = {
  create: 1,
  update: 3,
  setDeputies: 3,
  setDue: 3,
  setTimeZone: 3,
  credential: 3,
  route: 3,
  discard: 4,
  remove: 4,
  revoke: 4,
}

/** What a lifecycle or state that was moved to means there. */
const activitiesByState: Readonly<Record<string, number>> = {
  active: 10,
  retired: 11,
  suspended: 12,
}

/** Kinds of entity that OCSF knows (`managed_entity.type_id`); all others are 99 with their name. */
const entityTypes: Readonly<Record<string, number>> = { team: 3, contract: 5, exception: 5, person: 2, account: 2 }

/** States of a binding that give the access, and the one that takes it away. */
const privilegeMoves: Readonly<Record<string, { activity: number; verb: string }>> = {
  active: { activity: 1, verb: 'may use' },
  revoked: { activity: 2, verb: 'may no longer use' },
}

const stateSchema = z.object({ state: z.string().optional(), lifecycle: z.string().optional() })

/** The state that a change moved its subject to, where it did. */
function movedTo({ after }: AuditItem): string | undefined {
  const parsed = stateSchema.safeParse(after)
  return parsed.success ? (parsed.data.state ?? parsed.data.lifecycle) : undefined
}

/**
 * A change of the audit log as an OCSF event: access that is given or taken is User Access Management (3005), an import
 * API Activity (6003), everything else Entity Management (3004).
 */
export function ocsfOfAudit(item: AuditItem): OcsfEvent {
  const common = { ...(item.reason !== null && { comment: item.reason }), unmapped: { action: item.action } }
  const move = item.binding && privilegeMoves[movedTo(item) ?? '']
  if (item.binding && move) return { ...privilegeEvent(item, item.binding, move), ...common }
  if (item.action === 'imports.apply') return { ...importEvent(item), ...common }
  return { ...entityEvent(item), ...common }
}

function begin(item: AuditItem, classUid: number, activity: Activity, message: string): OcsfEvent {
  const { id, position, at, requestId } = item
  const origin = { id, position, at, logName: 'audit', correlation: requestId }
  return { ...ocsfEvent(classUid, activity, informational, message, origin), status_id: 1, actor: actorOf(item) }
}

function privilegeEvent(
  item: AuditItem,
  { agentId, agent, toolId, tool, actions }: NonNullable<AuditItem['binding']>,
  { activity, verb }: { activity: number; verb: string },
): OcsfEvent {
  return {
    ...begin(item, userAccessManagement, activity, `${agent} ${verb} ${tool}`),
    // An agent is a user of type Service.
    user: { uid: agentId, name: agent, type_id: 4 },
    privileges: actions.length > 0 ? [...actions] : ['use'],
    resources: [{ uid: toolId, name: tool, type: 'tool', role_id: 1 }],
  }
}

function importEvent(item: AuditItem): OcsfEvent {
  return {
    ...begin(item, apiActivity, 3, `${item.actor.name} imported`),
    api: { operation: item.action, request: { uid: item.requestId }, service: { name: 'Pentarch' } },
    src_endpoint: { svc_name: 'Pentarch' },
  }
}

function entityEvent(item: AuditItem): OcsfEvent {
  const { action, subject, before, after } = item
  const verb = action.split('.').at(-1) ?? action
  const activity = activitiesByState[movedTo(item) ?? ''] ?? activities[verb] ?? verb
  const entity = {
    uid: subject.id,
    ...(subject.slug !== null && { name: subject.slug }),
    type: subject.type,
    type_id: entityTypes[subject.type] ?? 99,
  }
  return {
    ...begin(item, entityManagement, activity, `${item.actor.name}: ${action} ${subject.slug ?? subject.id}`),
    entity: { ...entity, ...(before !== null && { data: before }) },
    ...(after !== null && { entity_result: { ...entity, data: after } }),
  }
}

function actorOf({ actor: { kind, id, name } }: AuditItem): object {
  const uid = id === null ? {} : { uid: id }
  if (kind === 'system') return { app_name: name }
  if (kind === 'token') return { app_name: 'API token', user: { name, ...uid, type_id: 4 } }
  return { user: { name, ...uid, type_id: 1 } }
}
