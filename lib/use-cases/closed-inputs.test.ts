import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { useCases } from './catalog'
import type { UseCase } from './define'

/** Inputs whose fields are another standard's: what is not named in ours is looked at by nobody. */
const foreign = new Set(['decisionLogs.record'])

interface Def {
  type: string
  shape?: Record<string, Node>
  catchall?: Node
  element?: Node
  innerType?: Node
  valueType?: Node
  in?: Node
  out?: Node
  left?: Node
  right?: Node
  options?: Node[]
  items?: Node[]
  getter?: () => Node
}
interface Node {
  _zod: { def: Def }
}

/** The parts of a schema that take a field nobody has named, by their place in it. */
function openPlaces(node: Node | z.ZodType, place: string, seen: Set<unknown> = new Set()): string[] {
  if (seen.has(node)) return []
  seen.add(node)
  const def: Def = node._zod.def
  const isOpen = def.type === 'object' && def.catchall?._zod.def.type !== 'never'
  const inner: [string, Node | undefined][] = [
    ...Object.entries(def.shape ?? {}).map(([name, child]): [string, Node] => [`${place}.${name}`, child]),
    [`${place}[]`, def.element],
    [place, def.innerType],
    [`${place}{}`, def.valueType],
    [place, def.in],
    [place, def.out],
    [place, def.left],
    [place, def.right],
    [place, def.getter?.()],
    ...[...(def.options ?? []), ...(def.items ?? [])].map((child): [string, Node] => [place, child]),
  ]
  return [...(isOpen ? [place] : []), ...inner.flatMap(([at, child]) => (child ? openPlaces(child, at, seen) : []))]
}

/** What a client sends on top of what is asked for is refused, and not passed on to whatever it might reach (CWE-915). */
describe('inputs take the fields that they name and no others', () => {
  it.each(Object.entries<UseCase>(useCases).filter(([name]) => !foreign.has(name)))('%s', (name, useCase) => {
    expect(openPlaces(useCase.input, name)).toEqual([])
  })
})

it('an input that is open somewhere would be noticed', async () => {
  const { z: zod } = await import('zod')
  const open = zod.strictObject({ a: zod.array(zod.object({ b: zod.string() })).optional() })
  expect(openPlaces(open, 'x')).toEqual(['x.a[]'])
})
