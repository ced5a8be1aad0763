import { toJson } from '@/lib/audit/model'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { defined, type Fields, type WantedFields } from '../changes'
import type { PathMode } from '../model'
import { personNamed, pointNamed } from '../references'
import { isoOf } from '../shapes'
import type { BindingFieldsInput } from './model'
import { type PathPoint, pathProblem } from './path'
import { peopleOf, type StoredBinding } from './store'

interface Approver {
  id: string
  externalId: string
}

interface Intent {
  text: string
  approvedBy: Approver | null
  approvedAt: Date | null
}

/** The actor as approver; null for one that is no person of the registry (then the audit log alone names them). */
export async function approverOf({ db, actor }: UseCaseContext): Promise<Approver | null> {
  if (actor.personId === null) return null
  return await db.prisma.person.findUnique({ where: { id: actor.personId }, select: { id: true, externalId: true } })
}

const intentFields = (intent: Intent | null) =>
  intent && {
    text: intent.text,
    approvedBy: intent.approvedBy?.externalId ?? null,
    approvedAt: isoOf(intent.approvedAt),
  }

/** A binding's editable part, and the people it names. */
export interface Present {
  fields: Fields
  intent: Intent | null
}

/** The editable fields of a binding as an edit names them. */
export async function presentOf({ db }: UseCaseContext, binding: StoredBinding): Promise<Present> {
  const people = await peopleOf(db, [binding.intentApprovedById, binding.allowlistReviewedById])
  const personOf = (id: string | null) => (id && people.get(id)) || null
  const intent = binding.intentText
    ? {
        text: binding.intentText,
        approvedBy: personOf(binding.intentApprovedById),
        approvedAt: binding.intentApprovedAt,
      }
    : null
  const { actions, risk, decisionMode, credentialType, credentialLifetimeSeconds, boundary, allowlistPresent } = binding
  return {
    intent,
    fields: {
      intent: intentFields(intent),
      actions,
      risk,
      decisionMode,
      credential: { type: credentialType, lifetimeSeconds: credentialLifetimeSeconds },
      boundary,
      allowlist:
        allowlistPresent === null
          ? null
          : {
              present: allowlistPresent,
              reviewedAt: isoOf(binding.allowlistReviewedAt),
              reviewedBy: personOf(binding.allowlistReviewedById)?.externalId ?? null,
            },
      path: binding.path.map(({ point, mode }) => ({ point: point.slug, mode })),
    },
  }
}

/** The intent after an edit: a new text loses its approval unless the same edit approves it; undefined when untouched. */
async function intentAfter(
  context: UseCaseContext,
  present: Intent | null,
  input: BindingFieldsInput,
): Promise<Intent | null | undefined> {
  if (input.intent === undefined && !input.approveIntent) return undefined
  const text = input.intent === undefined ? (present?.text ?? null) : input.intent
  if (text === null) {
    if (input.approveIntent)
      throw new DomainError('refused', 'There is no intent to approve: say what the access is for.')
    return null
  }
  if (input.approveIntent) return { text, approvedBy: await approverOf(context), approvedAt: context.now }
  return text === present?.text ? present : { text, approvedBy: null, approvedAt: null }
}

async function allowlistAfter(context: UseCaseContext, input: BindingFieldsInput) {
  const { allowlist } = input
  if (!allowlist) return { allowlist }
  const reviewer =
    allowlist.reviewedBy === null ? null : await personNamed(context, 'allowlist.reviewedBy', allowlist.reviewedBy)
  const reviewedAt = allowlist.reviewedAt === null ? null : new Date(allowlist.reviewedAt)
  if (reviewedAt && reviewedAt > context.now)
    throw new DomainError('refused', 'An allowlist cannot have been reviewed in the future.')
  return { allowlist: { present: allowlist.present, reviewedAt, reviewer } }
}

async function pathAfter(context: UseCaseContext, input: BindingFieldsInput, applicationSlug: string | null) {
  if (!input.path) return undefined
  const path: (PathPoint & { id: string; mode: PathMode })[] = []
  for (const [index, { point, mode }] of input.path.entries()) {
    path.push({ ...(await pointNamed(context, `path[${index}].point`, point)), mode })
  }
  const message = pathProblem(path, applicationSlug)
  if (message) throw new DomainError('refused', `${message}.`, { fields: [{ field: 'path', message }] })
  return path
}

/** What an edit makes of a binding: the fields it names, the columns to write, and the path when it is a new one. */
export async function planEdit(
  context: UseCaseContext,
  present: Intent | null,
  input: BindingFieldsInput,
  applicationSlug: string | null,
) {
  const intent = await intentAfter(context, present, input)
  const { allowlist } = await allowlistAfter(context, input)
  const path = await pathAfter(context, input, applicationSlug)
  const { actions, risk, decisionMode, credential, boundary } = input
  const wanted: WantedFields = {
    intent: intent && intentFields(intent),
    actions,
    risk,
    decisionMode,
    credential,
    boundary,
    allowlist:
      allowlist && toJson({ ...allowlist, reviewer: undefined, reviewedBy: allowlist.reviewer?.externalId ?? null }),
    path: path?.map(({ slug, mode }) => ({ point: slug, mode })),
  }
  const columns = {
    ...defined({ actions, risk, decisionMode, boundary }),
    ...(intent !== undefined && {
      intentText: intent?.text ?? null,
      intentApprovedById: intent?.approvedBy?.id ?? null,
      intentApprovedAt: intent?.approvedAt ?? null,
    }),
    ...(credential && { credentialType: credential.type, credentialLifetimeSeconds: credential.lifetimeSeconds }),
    ...(allowlist !== undefined && {
      allowlistPresent: allowlist?.present ?? null,
      allowlistReviewedAt: allowlist?.reviewedAt ?? null,
      allowlistReviewedById: allowlist?.reviewer?.id ?? null,
    }),
  }
  return { wanted, columns, path }
}
