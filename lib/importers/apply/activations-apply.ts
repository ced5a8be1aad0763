import type { Db } from '@/lib/db/client'
import { layerOf } from '@/lib/layers'
import { riskTiers } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import type { ImportProblem, Position } from '../model'
import { unownedBindings } from './activations-store'

const shownMax = 100

/**
 * The bindings that an import has made active while a layer is unowned, each a warning at its place. In the registry a
 * person asks for an activation, and where the policy says so it is refused; a source tells how things stand already, and
 * refusing to hear it would hide the gap. Called when owners are worked out.
 */
export async function activationConcerns(
  db: Db,
  activations: ReadonlyMap<string, Position>,
  roomLeft: number,
): Promise<ImportProblem[]> {
  const max = Math.min(shownMax, roomLeft)
  if (activations.size === 0 || max <= 0) return []
  const { activation } = await policyOf(db)
  const tiers = riskTiers.filter((tier) => activation[tier] !== 'off')
  const { first, total } = await unownedBindings(db, [...activations.keys()], tiers, max)
  const isTooMany = total > first.length
  const shown = isTooMany ? first.slice(0, -1) : first
  const placeOf = (id: string) => activations.get(id) ?? { file: '', line: null, field: null }
  const concerns = shown.map(({ id, slug, risk, layers }): ImportProblem => {
    const titles = layers.map((layer) => layerOf(layer).title).join(', ')
    const { file, line, field } = placeOf(id)
    return { file, line, field, message: `The binding "${slug}" (${risk} risk) is active, and nobody owns ${titles}` }
  })
  const next = isTooMany ? first.at(-1) : undefined
  if (next) {
    const message = `${total - shown.length} more bindings are active with a layer that nobody owns`
    concerns.push({ file: placeOf(next.id).file, line: null, field: null, message })
  }
  return concerns
}
