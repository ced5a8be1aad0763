import { type RiskTier, riskTiers } from '@/lib/registry/model'

/** What an agent can do on one tool by its active bindings, taken together. */
export interface Reached {
  tool: { slug: string; name: string }
  /** None recorded means not known. */
  actions: readonly string[]
  risk: RiskTier
  /** Whether the tool, or a point on the way, can act with credentials of its own; unknown counts as yes. */
  independentPrivileges: boolean
}

/** What an agent reaches, by the slug of the tool. */
export type Reach = ReadonlyMap<string, Reached>

type ToolName = Reached['tool']

/** What a delegate can do that the agent calling it cannot: privilege gained by asking another. */
export interface Widening {
  /** Tools that the delegator does not reach at all. */
  tools: { tool: ToolName; risk: RiskTier; independentPrivileges: boolean }[]
  /** Actions on tools that both reach. */
  actions: { tool: ToolName; actions: string[] }[]
  /** Higher risk on tools that both reach. */
  risks: { tool: ToolName; from: RiskTier; to: RiskTier }[]
  /** Tools that both reach, where only the delegate's way meets credentials of its own. */
  independentPrivileges: ToolName[]
}

/** Compares what the two ends of a delegation reach; null when the delegate can do nothing that the delegator cannot. */
export function widening(delegator: Reach, delegate: Reach): Widening | null {
  const wider: Widening = { tools: [], actions: [], risks: [], independentPrivileges: [] }
  for (const [slug, reached] of delegate) {
    const own = delegator.get(slug)
    if (own) compare(wider, own, reached)
    else {
      const { tool, risk, independentPrivileges } = reached
      wider.tools.push({ tool, risk, independentPrivileges })
    }
  }
  return Object.values(wider).some((list) => list.length > 0) ? wider : null
}

function compare(wider: Widening, own: Reached, { tool, actions, risk, independentPrivileges }: Reached): void {
  // Where the delegator's actions are not recorded, it cannot be said that another may do more.
  const more = own.actions.length === 0 ? [] : actions.filter((action) => !own.actions.includes(action))
  if (more.length > 0) wider.actions.push({ tool, actions: more })
  if (riskTiers.indexOf(risk) > riskTiers.indexOf(own.risk)) wider.risks.push({ tool, from: own.risk, to: risk })
  if (independentPrivileges && !own.independentPrivileges) wider.independentPrivileges.push(tool)
}
