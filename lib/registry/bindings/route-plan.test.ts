import { describe, expect, it } from 'vitest'
import { pathPointsMax } from './path'
import { type Route, type RoutedBinding, type RouteStep, routed } from './route-plan'

const step = (pointId: string, kind: RouteStep['kind'] = 'application'): RouteStep => ({
  pointId,
  mode: 'trusts_upstream',
  kind,
})
const app = { id: 'app', name: 'CRM app' }
const binding = (path: RouteStep[], more: Partial<RoutedBinding> = {}): RoutedBinding => ({
  state: 'active',
  path,
  application: app,
  ...more,
})
const through = (more: Partial<Route> = {}): Route => ({
  point: { id: 'edge', kind: 'gateway' },
  mode: 'enforces',
  position: 'first',
  remove: false,
  ...more,
})
const off = through({ remove: true })

/** The path that a route leaves, or why there is none. */
function pathAfter(given: RoutedBinding, route: Route): string {
  const outcome = routed(given, route)
  if (outcome.kind === 'changes') return outcome.path.map(({ pointId, mode }) => `${pointId}:${mode}`).join(' ')
  return outcome.kind === 'refused' ? outcome.reason : 'already'
}

describe('a route', () => {
  it.each<[string, RoutedBinding, Route, string | RegExp]>([
    ['stands first', binding([step('hub', 'broker'), step('app')]), through(), /^edge:enforces hub:\S+ app:\S+$/],
    [
      'stands before the application',
      binding([step('hub', 'broker'), step('app')]),
      through({ position: 'before_application' }),
      /^hub:\S+ edge:enforces app:\S+$/,
    ],
    ['ends a path that was not known at the application', binding([]), through(), 'edge:enforces app:unknown'],
    ['has nowhere to end', binding([], { application: null }), through(), /^Its path is not known/],
    ['is there already', binding([step('edge', 'gateway'), step('app')]), through(), 'already'],
    [
      'makes a path of the application alone',
      binding([]),
      through({ point: { id: 'app', kind: 'application' } }),
      'app:enforces',
    ],
    [
      'never puts the application anywhere but last',
      binding([step('other')]),
      through({ point: { id: 'app', kind: 'application' } }),
      /^The point is the application/,
    ],
    ['leaves a revoked binding as it was', binding([step('app')], { state: 'revoked' }), through(), /^It is revoked/],
    [
      'fills the last place there is',
      binding([...Array(pathPointsMax - 1).keys()].map((at) => step(`p${at}`))),
      through(),
      /^edge/,
    ],
    [
      'finds no place on a full path',
      binding([...Array(pathPointsMax).keys()].map((at) => step(`p${at}`))),
      through(),
      /^Its path has 20 points already/,
    ],
    ['is taken off', binding([step('edge', 'gateway'), step('app')]), off, 'app:trusts_upstream'],
    ['was not there to be taken off', binding([step('app')]), off, 'already'],
    [
      'does not take the application off',
      binding([step('edge', 'gateway'), step('app')]),
      through({ point: { id: 'app', kind: 'application' }, remove: true }),
      /^CRM app is the application/,
    ],
    [
      'does not leave a path that ends at a door',
      binding([step('hub', 'broker'), step('other')], { application: null }),
      through({ point: { id: 'other', kind: 'application' }, remove: true }),
      /^Without it/,
    ],
  ])('%s', (_title, given, route, expected) => {
    expect(pathAfter(given, route)).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected)
  })

  it('put on and taken off leaves the path as it was', () => {
    const before = binding([step('hub', 'broker'), step('app')])
    const outcome = routed(before, through())
    if (outcome.kind !== 'changes') throw new Error('It was refused')
    expect(routed({ ...before, path: outcome.path }, off)).toEqual({ kind: 'changes', path: before.path })
  })
})
