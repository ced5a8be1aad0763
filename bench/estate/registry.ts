import type { Random } from '@/lib/gaps/testing/random'
import { autonomies, classifications, identityPrimitives, toolKinds } from '@/lib/registry/model'
import type { PointRow } from './organisation'
import { type DaysAgo, idOf, numbered, provenance, upTo } from './rows'
import type { EstateSize } from './size'

const subjects = ['claims', 'billing', 'support', 'fraud', 'payroll', 'logistics', 'pricing', 'onboarding'] as const
const deeds = ['triage', 'summary', 'lookup', 'forecast', 'routing', 'review', 'planning', 'drafting'] as const
const services = ['ledger', 'crm', 'warehouse', 'tickets', 'documents', 'calendar', 'inventory', 'contracts'] as const

/** Agents in the order they were registered, which is not the order of their names. */
export function agentsOf(random: Random, size: EstateSize, ago: DaysAgo) {
  return upTo(size.agents).map((index) => {
    const [subject, deed] = [random.pick(subjects), random.pick(deeds)]
    return {
      id: idOf('agent', index),
      slug: numbered(`${subject}-${deed}`, index),
      name: `${subject} ${deed} ${index}`,
      purpose: `Does the ${deed} of ${subject} for those who ask.`,
      sponsor_id: random.chance(0.03) ? null : idOf('person', random.below(size.people)),
      autonomy: random.pick(autonomies),
      environment: 'production',
      lifecycle: lifecycleOf(random),
      identity_primitive: random.pick(identityPrimitives),
      identity_id: `spiffe://example.org/agent/${index}`,
      decision_log_source: index % 10 === 4 ? null : 'siem',
      decision_log_seen_at: ago(index % 15 === 3 ? 4 : 0.1),
      ...provenance(ago(random.below(500))),
    }
  })
}
export type AgentRow = ReturnType<typeof agentsOf>[number]

function lifecycleOf(random: Random) {
  if (random.chance(0.92)) return 'active'
  return random.pick(['discovered', 'proposed', 'suspended', 'retired'])
}

/** Tools; nine in ten have an application behind them. */
export function toolsOf(random: Random, size: EstateSize, points: readonly PointRow[], ago: DaysAgo) {
  const applications = points.filter((point) => point.kind === 'application')
  return upTo(size.tools).map((index) => {
    const service = random.pick(services)
    return {
      id: idOf('tool', index),
      slug: numbered(service, index),
      name: `${service} ${index}`,
      description: `Reads and writes the ${service}.`,
      kind: random.pick(toolKinds),
      classification: random.pick(classifications),
      independent_privileges: random.pick(['yes', 'no', 'unknown']),
      application_id: random.chance(0.9) ? (applications[random.below(applications.length)]?.id ?? null) : null,
      lifecycle: 'active',
      ...provenance(ago(550)),
    }
  })
}
export type ToolRow = ReturnType<typeof toolsOf>[number]
