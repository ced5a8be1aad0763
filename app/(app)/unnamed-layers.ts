import { type Layer, layers } from '@/lib/layers'
import type { AssignmentView } from '@/lib/ownership/model'

/** The layers that belong to an agent or a tool and for which nobody is named on it. */
export function unnamedLayers(anchor: Layer['naturalAnchor'], named: readonly AssignmentView[]): Layer[] {
  const taken = named.filter(({ state }) => state !== 'declined').map(({ layer }) => layer)
  return layers.filter(({ id, naturalAnchor }) => naturalAnchor === anchor && !taken.includes(id))
}
