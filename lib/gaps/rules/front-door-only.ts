import { enforcementLayer } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import { isDoor, namesOf, pathOf } from '../paths'
import type { BindingFact, PointFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, listedBindings } from '../wording'

/** Ownership stops at the front door: nobody but those who run the gateway or broker owns the decision behind it. */
export const frontDoorOnly: Rule = {
  id: 'front-door-only',
  title: 'Ownership stops at the front door',
  placedOn: ['tool'],
  severityByRisk: { low: 'medium', medium: 'high', high: 'high', critical: 'critical' },
  when: 'The path of an active binding to the tool has a gateway or broker, and enforcement of that binding is unowned, or owned by the team that runs a gateway or broker on that path.',
  why: 'A gateway decides what it sees. What the application behind it allows, by another way in or with its own rights, is then nobody’s answer.',
  fix: 'Have the team of the application take on enforcement: on the tool, or on the application itself.',
  evaluate(subject, picture) {
    const tool = picture.tools.get(subject.id)
    if (!tool) return []
    const doors = picture
      .activeBindingsOfTool(tool.id)
      .map((binding) => doorOf(binding, picture))
      .filter((door) => door.points.length > 0)
    const unowned = doors.filter((door) => door.ownerTeamId === null)
    const own = doors.filter((door) => ownPoints(door).length > 0)
    if (unowned.length + own.length === 0) return []
    const explanation = [...explainOwn(own, tool.name, picture), ...explainUnowned(unowned, tool.name)].join(' ')
    const bindings = [...unowned, ...own].map((door) => door.binding)
    return [findingOf(frontDoorOnly, { subject, layer: enforcementLayer, bindings, explanation })]
  },
}

interface Door {
  binding: BindingFact
  /** The gateways and brokers of its path. */
  points: readonly PointFact[]
  /** Who owns enforcement of the binding. */
  ownerTeamId: string | null
}

function doorOf(binding: BindingFact, picture: IndexedPicture): Door {
  const points = pathOf(binding, picture).map(({ point }) => point)
  const ownerTeamId = picture.assignmentOf(binding, enforcementLayer)?.teamId ?? null
  return { binding, points: points.filter(isDoor), ownerTeamId }
}

/** The doors of the path that the owner of enforcement runs itself. */
function ownPoints({ points, ownerTeamId }: Door): readonly PointFact[] {
  return ownerTeamId === null ? [] : points.filter((point) => point.teamId === ownerTeamId)
}

/** One sentence for each team that owns enforcement and runs the door. */
function explainOwn(doors: readonly Door[], toolName: string, picture: IndexedPicture): string[] {
  const teamIds = [...new Set(doors.flatMap((door) => door.ownerTeamId ?? []))]
  return teamIds
    .map((teamId) => {
      const theirs = doors.filter((door) => door.ownerTeamId === teamId)
      const team = picture.teams.get(teamId)?.name ?? 'a team'
      const points = namesOf(theirs.flatMap(ownPoints))
      return `Enforcement of ${toolName} is owned by ${team}, which also runs ${points} in front of it (${count(theirs.length, 'active binding')}).`
    })
    .sort()
}

function explainUnowned(doors: readonly Door[], toolName: string): string[] {
  if (doors.length === 0) return []
  const points = namesOf(doors.flatMap((door) => door.points))
  const bindings = doors.map((door) => door.binding)
  return [
    `Nobody owns enforcement of ${toolName} behind ${points}, on ${count(doors.length, 'active binding')}: ${listedBindings(bindings)}.`,
  ]
}
