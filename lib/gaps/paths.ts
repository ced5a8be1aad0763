import type { PathMode } from '@/lib/registry/model'
import type { IndexedPicture } from './indexed-picture'
import type { BindingFact, Picture, PointFact } from './picture'
import { listed } from './wording'

/** A point of an enforcement path and what it does there. */
export interface PathPoint {
  point: PointFact
  mode: PathMode
}

/** The points of a binding's path in call order; a step whose point is gone is left out. */
export function pathOf(binding: BindingFact, { points }: Pick<Picture, 'points'>): PathPoint[] {
  return binding.path.flatMap(({ pointId, mode }) => {
    const point = points.get(pointId)
    return point ? [{ point, mode }] : []
  })
}

/** Whether the point stands in front of an application: a gateway or broker. */
export function isDoor(point: PointFact): boolean {
  return point.kind !== 'application'
}

/** The points that some active binding to the tool goes through as `matches` says, by id, each with those bindings. */
export function pointsToTool(
  toolId: string,
  picture: IndexedPicture,
  matches: (step: PathPoint) => boolean,
): { point: PointFact; bindings: BindingFact[] }[] {
  const found = new Map<string, { point: PointFact; bindings: BindingFact[] }>()
  for (const binding of picture.activeBindingsOfTool(toolId)) {
    for (const step of pathOf(binding, picture)) {
      if (!matches(step)) continue
      const at = found.get(step.point.id) ?? { point: step.point, bindings: [] }
      if (at.bindings.at(-1) !== binding) at.bindings.push(binding)
      found.set(step.point.id, at)
    }
  }
  return [...found.values()].sort((a, b) => (a.point.id < b.point.id ? -1 : 1))
}

/** The first few names of these points, the rest counted. */
export function namesOf(points: readonly PointFact[]): string {
  return listed(new Set(points.map((point) => point.name)))
}
