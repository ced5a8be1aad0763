import { type LayerId, layerIds, layerOf } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { Finding, GapSubject } from '../model'
import type { BindingFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, listedBindings } from '../wording'

/** An active agent or a reached tool has a layer that nobody owns: one finding per layer, with the bindings it leaves open. */
export const layerUnowned: Rule = {
  id: 'layer-unowned',
  title: 'A control layer has no owner',
  placedOn: ['agent', 'tool'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding has no effective owner for the layer. It is placed on the active agent for identity, entitlement and monitoring, and on the tool for privilege and enforcement. It also fires on an active agent without active bindings, for its own three layers.',
  why: 'Where nobody answers for a layer, nobody notices when its limit is missing, and nobody can be asked to mend it.',
  fix: 'Name the team that answers for this layer: on the agent or tool, or for all at once on the organisation (enforcement is always named on the tool, its application, the agent or the binding).',
  evaluate(subject, picture) {
    const anchored = layerIds.filter((layer) => layerOf(layer).naturalAnchor === subject.type)
    return subject.type === 'tool'
      ? evaluateTool(subject, anchored, picture)
      : evaluateAgent(subject, anchored, picture)
  },
}

function evaluateTool(subject: GapSubject, anchored: readonly LayerId[], picture: IndexedPicture): Finding[] {
  const name = picture.tools.get(subject.id)?.name
  const bindings = picture.activeBindingsOfTool(subject.id)
  return name === undefined ? [] : anchored.flatMap((layer) => unownedOn(subject, name, layer, bindings, picture))
}

function evaluateAgent(subject: GapSubject, anchored: readonly LayerId[], picture: IndexedPicture): Finding[] {
  const agent = picture.agents.get(subject.id)
  if (agent?.lifecycle !== 'active') return []
  const bindings = picture.activeBindingsOfAgent(agent.id)
  if (bindings.length > 0) return anchored.flatMap((layer) => unownedOn(subject, agent.name, layer, bindings, picture))
  return anchored
    .filter((layer) => picture.agentOwner(agent.id, layer) === null)
    .map((layer) => {
      const explanation = `Nobody owns ${layerOf(layer).title.toLowerCase()} of ${agent.name}, which is active and reaches no tool yet.`
      return findingOf(layerUnowned, { subject, layer, bindings, explanation })
    })
}

function unownedOn(
  subject: GapSubject,
  name: string,
  layer: LayerId,
  bindings: readonly BindingFact[],
  picture: IndexedPicture,
): Finding[] {
  const unowned = bindings.filter((binding) => picture.ownerOf(binding, layer) === null)
  if (unowned.length === 0) return []
  const title = layerOf(layer).title.toLowerCase()
  const explanation = `Nobody owns ${title} of ${name} on ${count(unowned.length, 'active binding')}: ${listedBindings(unowned)}.`
  return [findingOf(layerUnowned, { subject, layer, bindings: unowned, explanation })]
}
