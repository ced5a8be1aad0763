import type { AuditChange, Json } from '@/lib/audit/model'
import type { Act } from './plan'

type Fields = { [field: string]: Json }

const onBinding = ({ id, slug }: { id: string; slug: string }, after: Fields, before?: Fields): AuditChange => ({
  subjectType: 'binding',
  subjectId: id,
  ...(before && { before: { slug, ...before } }),
  after: { slug, ...after },
})

const onAssignment = ({ id }: { id: string }, after: Fields, before?: Fields): AuditChange => ({
  subjectType: 'assignment',
  subjectId: id,
  ...(before && { before }),
  after,
})

function changeOf(campaign: string, act: Act): AuditChange[] {
  switch (act.type) {
    case 'certify_access':
      return [onBinding(act.binding, { certifiedIn: campaign })]
    case 'revoke_access':
      return [onBinding(act.binding, { state: 'revoked' }, { state: act.binding.state })]
    case 'leave_access':
      return [onBinding(act.binding, { unansweredIn: campaign })]
    case 'certify_owner':
      return [onAssignment(act.assignment, { certifiedIn: campaign })]
    case 'end_owner':
      return [onAssignment(act.assignment, { state: 'ended' }, { state: act.assignment.state })]
    case 'leave_owner':
      return [onAssignment(act.assignment, { unansweredIn: campaign })]
    case 'reassign':
      return act.binding ? [onBinding(act.binding, { reassignedIn: campaign, team: act.to.team.id })] : []
    case 'nothing':
      return []
  }
}

/** What applying a campaign's decisions did to each binding and assignment; `moved` are those named and ended on the way. */
export const changesOf = (campaign: string, done: readonly { act: Act }[], moved: readonly string[]): AuditChange[] => [
  ...done.flatMap(({ act }) => changeOf(campaign, act)),
  ...moved.map((id) => onAssignment({ id }, { reassignedIn: campaign })),
]
