import { enforcementLayer } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { BindingFact, PointFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, listed } from '../wording'

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
    const guarded = picture.activeBindingsOfTool(tool.id).map((binding) => doorOf(binding, picture))
    const open = guarded.filter((door) => door.points.length > 0)
    const unowned = open.filter((door) => door.ownerTeamId === null)
    const own = open.flatMap((door) => {
      const point = door.points.find(({ teamId }) => teamId !== null && teamId === door.ownerTeamId)
      return point ? [{ ...door, point }] : []
    })
    if (unowned.length + own.length === 0) return []

    const sentences: string[] = []
    const [firstOwn] = own
    if (firstOwn) {
      const team = picture.teams.get(firstOwn.ownerTeamId ?? '')?.name ?? 'The team'
      sentences.push(
        `Enforcement of ${tool.name} is owned by ${team}, which also runs ${firstOwn.point.name} in front of it (${count(own.length, 'active binding')}).`,
      )
    }
    const [firstUnowned] = unowned
    if (firstUnowned) {
      const doors = [...new Set(firstUnowned.points.map((point) => point.name))].join(' and ')
      sentences.push(
        `Behind ${doors} nobody owns enforcement of ${tool.name} on ${count(unowned.length, 'active binding')}: ${listed(unowned.map((door) => door.binding))}.`,
      )
    }
    const bindings = [...unowned, ...own].map((door) => door.binding)
    return [findingOf(frontDoorOnly, { subject, layer: enforcementLayer, bindings, explanation: sentences.join(' ') })]
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
  const points = binding.path.flatMap(({ pointId }) => {
    const point = picture.points.get(pointId)
    return point && point.kind !== 'application' ? [point] : []
  })
  const owner = picture.ownerOf(binding, enforcementLayer)
  const ownerTeamId = owner ? (picture.assignments.get(owner.assignmentId)?.teamId ?? null) : null
  return { binding, points, ownerTeamId }
}
