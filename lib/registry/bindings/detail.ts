import { attestedStatus } from '@/lib/contracts/attested'
import { enforcementLayer } from '@/lib/layers'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { cellsOf } from '@/lib/ownership/cells'
import { certificationOf, historyOfBinding } from '@/lib/recertification/history/store'
import { policyOf } from '@/lib/settings/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { openGapsOn } from '../gaps-on'
import { isoOf, originOf } from '../shapes'
import type { BindingDetail } from './model'
import { getPath } from './path-store'
import { peopleOf, type StoredBinding } from './store'
import { trustBreaks } from './trust'

type Owners = Pick<BindingDetail, 'owners' | 'path' | 'contract' | 'breaks'>

/** The owners of the five layers and of enforcement along the path, each with its provenance, and where trust breaks. */
async function ownersOf({ db, now }: UseCaseContext, binding: StoredBinding): Promise<Owners> {
  const cells = await cellsOf(db, [binding.id])
  const { contract, steps } = await getPath(db, binding, now)
  const policy = await policyOf(db)
  const own = cells.get(binding.id) ?? []
  const ids = [...own, ...steps].map(({ assignmentId }) => assignmentId).filter((id) => id !== null)
  const found = await findAssignments(db, { ids }, ids.length)
  const assignments = new Map(found.map((assignment) => [assignment.id, assignment]))
  const assignmentOf = (id: string | null | undefined) => (id && assignments.get(id)) || null
  // Where the work happens, the binding's own answer holds: it may come from the tool or from the binding itself.
  const enforcement = own.find((cell) => cell.layer === enforcementLayer)
  const { attestWithinDays } = policy.gaps
  const path = steps.map(({ assignmentId, attestation, ...step }): BindingDetail['path'][number] => {
    const at = attestation ? new Date(attestation.at) : null
    const stated = attestation && at && { digest: attestation.digest, at: at.getTime() }
    const standing = contract ? attestedStatus(stated, contract.digest, now.getTime(), attestWithinDays) : null
    const atApplication = step.point.id === binding.tool.application?.id
    return {
      ...step,
      owner: assignmentOf(atApplication ? enforcement?.assignmentId : assignmentId),
      ownerSource: atApplication ? (enforcement?.source ?? null) : assignmentId === null ? null : 'enforcement_point',
      attestation: attestation && at && { ...attestation, at: at.toISOString() },
      standing,
    }
  })
  return {
    owners: own.map((cell) => ({ ...cell, assignment: assignmentOf(cell.assignmentId) })),
    path,
    contract,
    breaks: trustBreaks({
      steps: path.map((step) => ({ ...step, ...step.point, team: step.team?.slug ?? null })),
      tool: binding.tool,
      enforcementOwner: enforcement?.team ?? null,
    }),
  }
}

/** Everything the binding's page shows. */
export async function describeBinding(context: UseCaseContext, binding: StoredBinding): Promise<BindingDetail> {
  const { db, now } = context
  const { id, slug, agent, environment, state, actions, risk, decisionMode, boundary } = binding
  const { independentPrivileges, application, ...tool } = binding.tool
  const [owners, gaps, people] = await Promise.all([
    ownersOf(context, binding),
    openGapsOn(db, 'binding', id),
    peopleOf(db, [binding.intentApprovedById, binding.allowlistReviewedById]),
  ])
  const policy = await policyOf(db)
  const certification = await certificationOf(db, binding, policy.gaps.cadenceDays, now)
  const certificationHistory = await historyOfBinding(db, id)
  const personOf = (personId: string | null) => (personId && people.get(personId)) || null
  return {
    id,
    slug,
    agent,
    tool,
    application,
    toolIndependentPrivileges: independentPrivileges,
    environment,
    state,
    activation: policy.activation[risk],
    activeSince: isoOf(binding.activeSince),
    intent: binding.intentText
      ? {
          text: binding.intentText,
          approvedBy: personOf(binding.intentApprovedById),
          approvedAt: isoOf(binding.intentApprovedAt),
        }
      : null,
    actions,
    risk,
    decisionMode,
    credential: { type: binding.credentialType, lifetimeSeconds: binding.credentialLifetimeSeconds },
    boundary,
    allowlist:
      binding.allowlistPresent === null
        ? null
        : {
            present: binding.allowlistPresent,
            reviewedAt: isoOf(binding.allowlistReviewedAt),
            reviewedBy: personOf(binding.allowlistReviewedById),
          },
    certifiedAt: isoOf(binding.certifiedAt),
    certification,
    certificationHistory,
    ...owners,
    gaps,
    ...originOf(binding),
  }
}
