import { describe, expect, it } from 'vitest'
import type { PathEntry } from './binding-form'
import { added, type Moved, moved, removed } from './path-moves'

const entry = (point: string): PathEntry => ({
  point,
  name: point,
  kind: point === 'app' ? 'application' : 'gateway',
  mode: 'enforces',
})
const path = (text: string) => text.split(' ').filter(Boolean).map(entry)
const app = { slug: 'app', name: 'The app' }
const shown = (result: Moved) =>
  'refused' in result ? result.refused : result.path.map(({ point }) => point).join(' ')
const refusal = 'The app is the application of the tool and stays last.'

describe('a path that is edited', () => {
  it.each<[string, Moved, string]>([
    ['takes a point earlier', moved(path('a b app'), 1, 0, app), 'b a app'],
    ['takes a point later', moved(path('a b c app'), 0, 2, app), 'b c a app'],
    ['keeps what is moved nowhere', moved(path('a app'), 0, -1, app), 'a app'],
    ['keeps the application last when another is moved there', moved(path('a app'), 0, 1, app), refusal],
    ['keeps the application last when it is moved itself', moved(path('a app'), 1, 0, app), refusal],
    ['can be mended where the application stood elsewhere', moved(path('app a'), 0, 1, app), 'a app'],
    ['has no fixed end while no application is named', moved(path('a b'), 0, 1, null), 'b a'],
    ['gets a new point before the application', added(path('a app'), entry('b'), app), 'a b app'],
    ['gets its application with the first point', added([], entry('a'), app), 'a app'],
    ['gets its application alone', added([], entry('app'), app), 'app'],
    ['passes no point twice', added(path('a app'), entry('a'), app), 'The path passes it already.'],
    ['loses a point', removed(path('a app'), 'a', app), 'app'],
    ['does not lose the application behind a point', removed(path('a app'), 'app', app), refusal],
    ['becomes unknown again', removed(path('app'), 'app', app), ''],
  ])('%s', (_title, result, expected) => {
    expect(shown(result)).toBe(expected)
  })
})
