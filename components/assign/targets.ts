import { type LayerId, layerOf } from '@/lib/layers'
import type { Cell } from '@/lib/ownership/model'
import { mayHandOn, type Viewer } from '../registry/viewer'

/** What an owner can be set on from a page or the matrix. */
export type AssignScope = 'binding' | 'agent' | 'tool' | 'enforcement_point'

/** Where an owner is set: where the layer belongs, or on one kind of subject for everything at once. */
export type AssignAt = 'natural' | AssignScope

export interface Named {
  slug: string
  name: string
}

/** A place without the owner it should have, or with one that should be another. */
export interface Assignable {
  layer: LayerId
  /** What the owner can be set on; a matrix cell has all of a binding's, a page of an agent just that agent. */
  subjects: Readonly<Partial<Record<AssignScope, Named>>>
  /** The effective owner that the person saw there. */
  cell?: Pick<Cell, 'source' | 'assignmentId'> & Partial<Pick<Cell, 'team' | 'person'>>
}

export interface AssignTarget {
  layer: LayerId
  scope: AssignScope
  subject: string
  /** For people: "Identity of Support bot". */
  label: string
  expected?: string | null
}

const specificity: Record<string, number> = { organisation: 0, enforcement_point: 1, tool: 1, agent: 1, binding: 2 }

/**
 * The assignment that the person saw at the place they are about to set: known when the effective owner comes from
 * that very scope, known to be none when it comes from a wider one, and otherwise not visible from the cell.
 */
function expectedAt(cell: Assignable['cell'], scope: AssignScope): { expected?: string | null } {
  if (!cell) return {}
  if (cell.source === scope) return { expected: cell.assignmentId }
  if (cell.source === null || (specificity[scope] ?? 0) > (specificity[cell.source] ?? 0)) return { expected: null }
  return {}
}

/**
 * `true`, or why the viewer may not name an owner at the place: judged by whom they saw there. Where somebody narrower
 * supplies the cell, who stands at the place is not visible from it, and the server decides.
 */
function mayNameAt({ cell }: Assignable, scope: AssignScope, viewer: Viewer): true | string {
  if (viewer.curates || !cell) return true
  const { expected } = expectedAt(cell, scope)
  if (expected === undefined) return true
  return mayHandOn(expected !== null && cell.team ? { team: cell.team, person: cell.person ?? null } : null, viewer)
}

/** `true`, or why the viewer may not name an owner for one of these there. */
export function mayNameAll(items: readonly Assignable[], at: AssignAt, viewer: Viewer): true | string {
  for (const item of items) {
    const scope = scopeOf(item, at)
    const verdict = scope ? mayNameAt(item, scope, viewer) : true
    if (verdict !== true) return verdict
  }
  return true
}

const narrowest = ['binding', 'agent', 'tool', 'enforcement_point'] as const

/** Where one owner is set: the wanted place when it is there, else the only one there is. */
function scopeOf({ layer, subjects }: Assignable, at: AssignAt): AssignScope | undefined {
  const wanted = at === 'natural' ? layerOf(layer).naturalAnchor : at
  return subjects[wanted] ? wanted : narrowest.find((scope) => subjects[scope])
}

/** The assignments that setting an owner for these means, each once. */
export function targetsOf(items: readonly Assignable[], at: AssignAt): AssignTarget[] {
  const targets = new Map<string, AssignTarget>()
  for (const item of items) {
    const scope = scopeOf(item, at)
    const subject = scope && item.subjects[scope]
    if (!scope || !subject) continue
    targets.set(`${item.layer}:${scope}:${subject.slug}`, {
      layer: item.layer,
      scope,
      subject: subject.slug,
      label: `${layerOf(item.layer).title} of ${subject.name}`,
      ...expectedAt(item.cell, scope),
    })
  }
  return [...targets.values()]
}
