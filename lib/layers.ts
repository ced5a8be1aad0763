/**
 * The five control layers: the one list of them. Nothing else in the product spells them out, SQL included
 * (queries receive this list as a parameter).
 */
export const layers = [
  {
    id: 'identity',
    title: 'Identity',
    controlFunction: 'Identity proofing, token issuance, workload identity',
    usualFunction: 'iam',
    naturalAnchor: 'agent',
    inheritsFromOrganisation: true,
    answersFor: 'which principal the agent really is',
  },
  {
    id: 'entitlement',
    title: 'Entitlement',
    controlFunction: 'Approved business intent, role-to-access mapping, recertification',
    usualFunction: 'iga',
    naturalAnchor: 'agent',
    inheritsFromOrganisation: true,
    answersFor: 'that the access is still wanted',
  },
  {
    id: 'privilege',
    title: 'Privilege',
    controlFunction: 'Privileged sessions, secrets, elevated scope',
    usualFunction: 'pam',
    naturalAnchor: 'tool',
    inheritsFromOrganisation: true,
    answersFor: 'that high-risk power is bounded and short-lived',
  },
  {
    id: 'enforcement',
    title: 'Enforcement',
    controlFunction: 'The final allow or deny inside the tool, API or workflow',
    usualFunction: 'application',
    naturalAnchor: 'tool',
    // The front door must not stand in for the application.
    inheritsFromOrganisation: false,
    answersFor: 'that the limit is honoured where the work happens',
  },
  {
    id: 'monitoring',
    title: 'Monitoring',
    controlFunction: 'Logging, detection, response on authorization decisions',
    usualFunction: 'secops',
    naturalAnchor: 'agent',
    inheritsFromOrganisation: true,
    answersFor: 'that a breach of the limit is seen',
  },
] as const

export type Layer = (typeof layers)[number]
export type LayerId = Layer['id']

/** The ids in display order. */
export const layerIds = layers.map((layer) => layer.id) as [LayerId, ...LayerId[]]

/** The layer that holds the final decision at the place where the work happens; it alone is inherited from the tool's application. */
export const enforcementLayer: LayerId = 'enforcement'
/** The layer that answers for the access being wanted. */
export const entitlementLayer: LayerId = 'entitlement'
/** The layer that bounds power and keeps it short-lived. */
export const privilegeLayer: LayerId = 'privilege'
/** The layer that sees a breach of the limit. */
export const monitoringLayer: LayerId = 'monitoring'

const byId = new Map<string, Layer>(layers.map((layer) => [layer.id, layer]))

/** The layer with this id. @throws RangeError for an id that is none of the five. */
export function layerOf(id: LayerId): Layer {
  const layer = byId.get(id)
  if (!layer) throw new RangeError(`No such layer: ${id}`)
  return layer
}
