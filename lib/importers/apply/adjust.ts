import type { Json } from '@/lib/audit/model'
import { limitsDigest } from '@/lib/contracts/digest'
import { impliedActiveSince } from '@/lib/gaps/estate-picture'
import type { RegistrySubjectType } from '@/lib/gaps/model'
import { bindingStates } from '@/lib/registry/model'
import type { ImportKind } from '../model'
import { isRecord, listOf } from '../source/document'
import type { PresentRow } from './diff'
import { type Fields, same, textAt } from './fields'
import { canReach, type Machine } from './moves'
import type { TableCollection } from './wanted'

/** What names the subject of an exception: the same slug may be an agent's for one rule and a tool's for another. */
export const exceptionSubjectKey = (rule: string, subject: string) => `${rule}|${subject}`

/** What the rules below need besides the entity itself. */
export interface Facts {
  now: Date
  kind: ImportKind
  /** Whether the one who imports may decide exceptions, and the external id of the person they are. */
  approving: { mayDecide: boolean; person: string | null }
  /** `true`, or why the one who imports may not say who knows of an agent or a tool. */
  restricting: true | string
  /** Slugs of the tools that have a destructive action. */
  destructiveTools: ReadonlySet<string>
  /** The kind of subject that each exception is about, by its rule and subject. */
  excepted: ReadonlyMap<string, RegistrySubjectType>
  /** The agents and tools that are retired or become so by this import, as `agents/slug` and `tools/slug`. */
  retired: ReadonlySet<string>
}

interface Remark {
  field: string
  message: string
}
export interface Adjusted {
  wanted: Fields
  /** Why the source cannot be followed. */
  errors: Remark[]
  /** What is left as it is although the source reads otherwise. */
  notes: Remark[]
  /** Fields that follow from something else, and so are set even where a person has set them by hand. */
  imposed: readonly string[]
}

type Adjust = (wanted: Fields, present: PresentRow | undefined, facts: Facts) => Partial<Adjusted>

/** What the source says, completed and bounded by what is there and by the rules of the registry. */
export function adjusted(
  collection: TableCollection,
  wanted: Fields,
  present: PresentRow | undefined,
  facts: Facts,
): Adjusted {
  const adjust = adjusts[collection]
  return { wanted, errors: [], notes: [], imposed: [], ...adjust?.(wanted, present, facts) }
}

const without = (fields: Fields, ...left: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => !left.includes(field)))

const adjusts: Partial<Record<TableCollection, Adjust>> = {
  /** Members that the source does not name stay: an import takes nobody out of a team. */
  teams(wanted, present) {
    if (wanted.members === undefined) return {}
    const members = rolesOf(wanted.members)
    const others = [...rolesOf(present?.fields.members)].filter(([person]) => !members.has(person))
    const all = new Map([...members, ...others])
    const message = `${others
      .map(([person]) => person)
      .slice(0, 10)
      .join(', ')}${others.length > 10 ? ' …' : ''}: in the team by the registry and not by this file; left in it`
    return {
      wanted: { ...wanted, members: [...all].sort(byKey).map(([person, role]) => ({ person, role })) },
      notes: others.length > 0 ? [{ field: 'members', message }] : [],
    }
  },

  /** What an importer merely came across is `discovered`; that it is still there moves nothing that was adopted since. */
  agents(wanted, present, facts) {
    const errors = refusedMark(wanted, present, facts)
    const lifecycle = facts.kind === 'estate' ? 'proposed' : 'discovered'
    if (!present) return { wanted: { lifecycle, ...wanted }, errors }
    if (wanted.lifecycle === 'discovered') return { wanted: without(wanted, 'lifecycle'), errors }
    return { errors: [...errors, ...unreachable('agents', 'lifecycle', wanted, present)] }
  },

  tools(wanted, present, facts) {
    const errors = refusedMark(wanted, present, facts)
    return { errors: present ? [...errors, ...unreachable('tools', 'lifecycle', wanted, present)] : errors }
  },

  bindings(said, present, facts) {
    const wanted = sinceCampaign(said, present)
    const ended = retiredEnd(wanted, facts)
    if (ended) return revokedWith(ended, wanted)
    const errors = present ? unreachable('bindings', 'state', wanted, present) : []
    const risk = present ? {} : { risk: impliedRisk(wanted, facts) }
    const anew = present && startsOver(wanted, present) ? ofTheLastTime : {}
    const was = present && { ...present, fields: { ...present.fields, ...anew } }
    return {
      wanted: {
        ...anew,
        ...risk,
        ...wanted,
        ...impliedApproval(wanted, was, facts),
        ...impliedStart(wanted, was, facts),
      },
      errors,
    }
  },

  /** A version that was signed off says for good what was signed. */
  contracts(wanted, present, { now }) {
    const digested = wanted.limits === undefined && present ? {} : { digest: limitsDigest(wanted.limits ?? {}) }
    if (!present) return { wanted: { ...wanted, ...digested, ...contractDates(wanted, present, now) } }
    // `draft` is the format's default and says nothing about a version that is further on.
    const known = wanted.state === 'draft' ? without(wanted, 'state') : wanted
    const errors = unreachable('contracts', 'state', known, present)
    const { version, state, digest } = present.fields
    if (state !== 'draft' && digested.digest !== undefined && digested.digest !== digest) {
      const message = `Version ${version} is ${state} and its limits stand; describe the new ones as a new version`
      errors.push({ field: 'limits', message })
    }
    return { wanted: { ...known, ...digested, ...contractDates(known, present, now) }, errors }
  },

  /** What was answered stands. */
  parityRuns(wanted, present) {
    if (!present || same(wanted.answers, present.fields.answers)) return {}
    const message = 'This run is in the registry with other answers; what was answered then stands'
    return { wanted: without(wanted, 'answers'), errors: [{ field: 'answers', message }] }
  },

  /** A risk is accepted by somebody who may, and not by who brings it. */
  exceptions(wanted, present, { excepted, approving }) {
    const subjectType = excepted.get(exceptionSubjectKey(String(wanted.rule), String(wanted.subject)))
    const completed = subjectType === undefined ? wanted : { ...wanted, subjectType }
    const isAsked = !present || Object.entries(completed).some(([field, to]) => !same(to, present.fields[field]))
    const refusal = isAsked ? approvalRefusal(textAt(wanted, 'approver'), approving) : null
    return { wanted: completed, errors: refusal === null ? [] : [{ field: 'approver', message: refusal }] }
  },
}

/** Who is to be kept from something must not say who is. */
function refusedMark(wanted: Fields, present: PresentRow | undefined, { restricting }: Facts): Remark[] {
  if (restricting === true || wanted.restricted === undefined) return []
  return same(wanted.restricted, present?.fields.restricted) ? [] : [{ field: 'restricted', message: restricting }]
}

/** When a version came into force and went out of it, as far as this import is the one to see it. */
function contractDates(wanted: Fields, present: PresentRow | undefined, now: Date): Fields {
  if (wanted.state === undefined || wanted.state === present?.fields.state) return {}
  if (wanted.state === 'in_force') return { inForceAt: now.toISOString() }
  return wanted.state === 'superseded' ? { supersededAt: now.toISOString() } : {}
}

/** Why this import cannot accept a risk in the name of the approver; null when it can. */
function approvalRefusal(approver: string | null, { mayDecide, person }: Facts['approving']): string | null {
  if (!mayDecide)
    return 'Exceptions are decided by a governance lead or an admin; let one of them import this, or ask for it on the gap'
  return approver !== null && approver === person
    ? 'Nobody approves what they ask for: name somebody else as approver, or let somebody else import it'
    : null
}

function rolesOf(members: Json | undefined): Map<string, string> {
  return new Map(
    listOf(members).flatMap((member) =>
      isRecord(member) ? [[String(member.person), String(member.role)] as const] : [],
    ),
  )
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : a > b ? 1 : 0)

/** A state that cannot follow from the present one. One that a person has set by hand since is a conflict instead. */
function unreachable(machine: Machine, field: string, wanted: Fields, present: PresentRow): Remark[] {
  const from = textAt(present.fields, field)
  const to = textAt(wanted, field)
  if (from === null || to === null || canReach(machine, from, to) || present.editedFields.includes(field)) return []
  return [{ field, message: `It is ${from} in the registry, and what is ${from} cannot become ${to}` }]
}

/** Where nobody has rated the risk of an access yet: high when the tool can destroy something, else medium. */
function impliedRisk(wanted: Fields, { destructiveTools }: Facts): string {
  return destructiveTools.has(textAt(wanted, 'tool') ?? '') ? 'high' : 'medium'
}

/** The end of a binding that is retired, in words. */
function retiredEnd(wanted: Fields, { retired }: Facts): string | null {
  const [agent, tool] = [textAt(wanted, 'agent'), textAt(wanted, 'tool')]
  if (retired.has(`agents/${agent}`)) return `The agent "${agent}"`
  return retired.has(`tools/${tool}`) ? `The tool "${tool}"` : null
}

/** As everywhere in the registry, what an agent or tool could do ends with it. */
function revokedWith(end: string, wanted: Fields): Partial<Adjusted> {
  const isOtherwise = wanted.state !== undefined && wanted.state !== 'revoked'
  return {
    wanted: { ...wanted, state: 'revoked' },
    notes: isOtherwise ? [{ field: 'state', message: `${end} is retired, so the binding is revoked` }] : [],
    imposed: ['state'],
  }
}

/** What does not outlive a revocation: access that is there again is approved and certified anew. */
const ofTheLastTime: Fields = {
  activeSince: null,
  'intent.approvedBy': null,
  'intent.approvedAt': null,
  certifiedAt: null,
}

/** A source that has not heard yet of what a campaign certified since takes nothing back. */
function sinceCampaign(wanted: Fields, present: PresentRow | undefined): Fields {
  if (present?.fields.isCertifiedInCampaign !== true) return wanted
  const [said, known] = [textAt(wanted, 'certifiedAt'), textAt(present.fields, 'certifiedAt')]
  return said !== null && known !== null && said <= known ? without(wanted, 'certifiedAt') : wanted
}

/** Whether a binding was revoked on its way to what the source says: `bindingStates` is in the order of a life without that. */
function startsOver(wanted: Fields, { fields, editedFields }: PresentRow): boolean {
  const order: readonly (string | null)[] = bindingStates
  const to = textAt(wanted, 'state')
  return to !== null && order.indexOf(to) < order.indexOf(textAt(fields, 'state')) && !editedFields.includes('state')
}

/** An approval is of one intent: another text without one is unapproved, and an approver without a date approves now. */
function impliedApproval(wanted: Fields, present: PresentRow | undefined, { now }: Facts): Fields {
  const was = present?.fields
  const approver = wanted['intent.approvedBy']
  const isNewText = wanted['intent.text'] !== undefined && !same(wanted['intent.text'], was?.['intent.text'])
  if (approver === undefined) {
    if (!isNewText || wanted['intent.approvedAt'] !== undefined) return {}
    return present ? { 'intent.approvedBy': null, 'intent.approvedAt': null } : {}
  }
  if (wanted['intent.approvedAt'] !== undefined) return {}
  const isKnown = same(approver, was?.['intent.approvedBy']) && was?.['intent.approvedAt'] !== null && !isNewText
  return isKnown ? {} : { 'intent.approvedAt': now.toISOString() }
}

/** When a binding whose source does not say so became active. */
function impliedStart(wanted: Fields, present: PresentRow | undefined, { now }: Facts): Fields {
  if (wanted.state !== 'active' || wanted.activeSince !== undefined) return {}
  if (present?.fields.state === 'active' || present?.editedFields.includes('state')) return {}
  const certified = textAt(wanted, 'certifiedAt')
  const since = impliedActiveSince(certified === null ? null : Date.parse(certified), now.getTime())
  return { activeSince: new Date(since).toISOString() }
}
