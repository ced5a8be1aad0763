import type { GraphAgent, GraphEdge, ShownWidening } from '@/lib/delegations/model'
import { type OwnerStatus, ownerStatusTitles } from '../owner-status'

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/** The worst of an agent's layers in words. */
export const worstTitle = (worst: OwnerStatus | null) =>
  worst === null
    ? 'No active binding'
    : worst === 'owned'
      ? 'All layers owned'
      : `A layer is ${ownerStatusTitles[worst].toLowerCase()}`

/** What widens, short enough for an edge: "+2 tools, +1 action". */
export function wideningLabel({ tools, actions, risks, independentPrivileges }: ShownWidening): string {
  const parts = [
    ...(tools.count > 0 ? [`+${counted(tools.count, 'tool')}`] : []),
    ...(actions.count > 0 ? [`+actions on ${counted(actions.count, 'tool')}`] : []),
    ...(risks.count > 0 ? [`higher risk on ${counted(risks.count, 'tool')}`] : []),
    ...(independentPrivileges.count > 0 ? [`own privileges on ${counted(independentPrivileges.count, 'tool')}`] : []),
  ]
  return parts.join(', ')
}

const rest = (listed: { rows: readonly unknown[]; count: number }) =>
  listed.count > listed.rows.length ? [`and ${listed.count - listed.rows.length} more`] : []

/** What widens, in full sentences: one for each tool. */
export function wideningSentences({ tools, actions, risks, independentPrivileges }: ShownWidening): string[] {
  return [
    ...tools.rows.map(
      ({ tool, risk, independentPrivileges: own }) =>
        `Reaches ${tool.name} (${risk} risk${own ? ', acts with its own credentials' : ''})`,
    ),
    ...rest(tools),
    ...actions.rows.map(({ tool, actions: more }) => `May ${more.join(', ')} on ${tool.name}`),
    ...rest(actions),
    ...risks.rows.map(({ tool, from, to }) => `Holds ${tool.name} at ${to} risk instead of ${from}`),
    ...rest(risks),
    ...independentPrivileges.rows.map(({ name }) => `Reaches ${name} by a way that acts with its own credentials`),
    ...rest(independentPrivileges),
  ]
}

/** What is marked on a delegation: a loop, too deep a chain, all that widens. Nothing on a plain one. */
export function edgeMarks({ widening, looped, tooDeep }: Pick<GraphEdge, 'widening' | 'looped' | 'tooDeep'>): string[] {
  return [
    ...(looped ? ['loop'] : []),
    ...(tooDeep ? ['too deep'] : []),
    ...(widening ? wideningLabel(widening).split(', ') : []),
  ]
}

/** The same, short enough to stand on a line of the picture. */
export function edgeLabel(edge: Pick<GraphEdge, 'widening' | 'looped' | 'tooDeep'>): string {
  const [first, ...others] = edgeMarks(edge)
  return first === undefined ? '' : others.length > 0 ? `${first} …` : first
}

/** An agent of the picture in one sentence, for those who hear it. */
export function agentSentence(agent: GraphAgent, calls: number, callers: number): string {
  const lifecycle = agent.lifecycle === 'active' ? [] : [agent.lifecycle]
  const hole = agent.hole ? ['its chain has a hole'] : []
  const parts = [agent.name, ...lifecycle, worstTitle(agent.worst).toLowerCase(), ...hole]
  return `${parts.join(', ')}. Calls ${counted(calls, 'agent')}, is called by ${callers}.`
}
