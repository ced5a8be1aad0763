import type { AttestedStatus } from '@/lib/contracts/attested'
import type { Known, PathMode, PointKind } from '../model'

export interface TrustStep {
  name: string
  kind: PointKind
  mode: PathMode
  independentPrivileges: Known
  /** Slug of the team that runs it. */
  team: string | null
  /** How the contract it says it enforces compares with the one in force; null while none is in force. */
  standing: AttestedStatus | null
}

export interface TrustPath {
  steps: readonly TrustStep[]
  tool: { name: string; independentPrivileges: Known }
  /** Who owns enforcement of the binding: where the work happens. */
  enforcementOwner: { slug: string; name: string } | null
}

export const trustRules = ['downstream-unvalidated', 'contract-drift', 'front-door-only'] as const

/** One place where what was decided before is not known to hold any more. */
export interface TrustBreak {
  /** It breaks in front of the step at this position; the tool comes after the last step. */
  before: number
  /** The gap rule that says so. */
  rule: (typeof trustRules)[number]
  reason: string
}

/**
 * Where the chain of trust along a path breaks, in call order: the findings of the rules about paths, seen on one
 * binding and whatever its state.
 */
export function trustBreaks(path: TrustPath): TrustBreak[] {
  const found = [...unvalidated(path), ...drifted(path), ...endsAtDoor(path)]
  return found.sort((one, other) => one.before - other.before)
}

const isDoor = ({ kind }: TrustStep) => kind !== 'application'
/** What cannot be shown to be without power of its own counts as having it. */
const holdsPower = (known: Known) => known !== 'no'

function unvalidated({ steps, tool }: TrustPath): TrustBreak[] {
  const firstDoor = steps.findIndex(isDoor)
  if (firstDoor < 0) return []
  return steps.flatMap((step, before) => {
    if (before <= firstDoor || step.mode === 'enforces') return []
    const holder = [step, tool].find(({ independentPrivileges }) => holdsPower(independentPrivileges))
    if (!holder) return []
    const does = step.mode === 'unknown' ? 'is not known to decide anything' : 'lets through what arrives'
    const can = holder.independentPrivileges === 'yes' ? 'can act' : 'may be able to act'
    const who = holder === step ? 'it' : `${holder.name} behind it`
    const reason = `${step.name} ${does}, and ${who} ${can} with its own credentials: the limits set before it need not hold.`
    return [{ before, rule: 'downstream-unvalidated', reason }]
  })
}

const driftReasons: Record<Exclude<AttestedStatus, 'match'>, string> = {
  none: 'has never said which contract it enforces',
  stale: 'said too long ago that it enforces the contract in force',
  mismatch: 'says that it enforces another contract than the one in force',
}

function drifted({ steps }: TrustPath): TrustBreak[] {
  return steps.flatMap(({ mode, standing, name }, before) =>
    mode !== 'enforces' || standing === null || standing === 'match'
      ? []
      : [{ before, rule: 'contract-drift', reason: `${name} ${driftReasons[standing]}.` }],
  )
}

function endsAtDoor({ steps, tool, enforcementOwner }: TrustPath): TrustBreak[] {
  const doors = steps.filter(isDoor)
  if (doors.length === 0) return []
  const last = steps.at(-1)
  // In front of the application; in front of the tool when the path names no application.
  const before = last && !isDoor(last) ? steps.length - 1 : steps.length
  if (!enforcementOwner) {
    const names = doors.map(({ name }) => name).join(' and ')
    return [{ before, rule: 'front-door-only', reason: `Nobody owns enforcement of ${tool.name} behind ${names}.` }]
  }
  const own = doors.filter(({ team }) => team === enforcementOwner.slug).map(({ name }) => name)
  if (own.length === 0) return []
  const reason = `${enforcementOwner.name} owns enforcement of ${tool.name} and also runs ${own.join(' and ')}: nobody else stands behind the front door.`
  return [{ before, rule: 'front-door-only', reason }]
}
