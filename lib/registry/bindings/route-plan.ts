import type { BindingState, PathMode, PointKind } from '../model'
import { pathPointsMax } from './path'

/** Where on a path a point is put. */
export const routePositions = ['first', 'before_application'] as const
type RoutePosition = (typeof routePositions)[number]

export interface RouteStep {
  pointId: string
  mode: PathMode
  kind: PointKind
}

export interface RoutedBinding {
  state: BindingState
  path: readonly RouteStep[]
  application: { id: string; name: string } | null
}

export interface Route {
  point: { id: string; kind: PointKind }
  mode: PathMode
  position: RoutePosition
  remove: boolean
}

/** What a route makes of one binding: a new path, nothing (it is so already), or a refusal. */
export type RouteOutcome =
  | { kind: 'changes'; path: RouteStep[] }
  | { kind: 'already' }
  | { kind: 'refused'; reason: string }

const refused = (reason: string): RouteOutcome => ({ kind: 'refused', reason })

/**
 * Puts a point on a binding's path, or takes it off. A path that was not known becomes known as far as it is: the point,
 * then the tool's application, of which nobody has said what it does.
 */
export function routed(binding: RoutedBinding, { point, mode, position, remove }: Route): RouteOutcome {
  const { path, application, state } = binding
  const passes = path.some(({ pointId }) => pointId === point.id)
  if (passes !== remove) return { kind: 'already' }
  if (state === 'revoked') return refused('It is revoked, and kept as it was')
  if (remove) return without(binding, point.id)
  if (application?.id === point.id && path.length > 0)
    return refused('The point is the application of its tool, and that place in the path is taken by another')
  const known = path.length > 0 ? [...path] : unknownPath(application)
  const step = { pointId: point.id, mode, kind: point.kind }
  if (application?.id === point.id) return { kind: 'changes', path: [step] }
  if (known.length === 0) return refused('Its path is not known, and its tool names no application that could end it')
  if (known.length >= pathPointsMax)
    return refused(`Its path has ${pathPointsMax} points already, the most there may be`)
  known.splice(position === 'first' ? 0 : known.length - 1, 0, step)
  return { kind: 'changes', path: known }
}

function unknownPath(application: RoutedBinding['application']): RouteStep[] {
  return application ? [{ pointId: application.id, mode: 'unknown', kind: 'application' }] : []
}

function without({ path, application }: RoutedBinding, pointId: string): RouteOutcome {
  if (application?.id === pointId)
    return refused(`${application.name} is the application of its tool and stays the last point of the path`)
  const left = path.filter((step) => step.pointId !== pointId)
  if (left.length > 0 && left.at(-1)?.kind !== 'application')
    return refused('Without it the path would not end at an application')
  return { kind: 'changes', path: left }
}
