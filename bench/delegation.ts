import { evaluateAll } from '@/lib/gaps/evaluate'
import { defaultGapPolicy } from '@/lib/gaps/model'
import type { Picture } from '@/lib/gaps/picture'
import { delegationHole } from '@/lib/gaps/rules/delegation-hole'
import { agent, assignment, delegation, now, pictureOf, team } from '@/lib/gaps/testing/facts'
import { randomOf } from '@/lib/gaps/testing/random'
import { layerIds } from '@/lib/layers'
import { upTo } from './estate/rows'
import { type Figure, within } from './figures'
import { seldom, time } from './measure'

const size = { agents: 10_000, edges: 50_000 }
const withinMs = 1000

/** Chains of delegation without a database: every head and every loop of the graph, from an index that is not there yet. */
export async function* measureDelegation(section: string): AsyncGenerator<Figure> {
  const shapes: [string, Picture][] = [
    ['chains that end', graphOf((from, chance) => from + 1 + Math.floor(chance * 200))],
    ['everything in loops', graphOf((_from, chance) => Math.floor(chance * size.agents))],
  ]
  const context = { now, policy: defaultGapPolicy }
  for (const [shape, picture] of shapes) {
    const evaluate = async () => evaluateAll(picture, context, [delegationHole])
    const what = `delegation-hole, 10,000 agents, ${picture.delegations.size.toLocaleString('en')} delegations, ${shape}`
    yield within(section, what, await time(evaluate, seldom), withinMs)
  }
}

function graphOf(targetOf: (from: number, chance: number) => number): Picture {
  const random = randomOf(7)
  const agents = upTo(size.agents).map((index) =>
    agent({ id: `a${index}`, lifecycle: random.chance(0.02) ? 'suspended' : 'active' }),
  )
  const delegations = upTo(size.edges).map((index) => {
    const from = random.below(size.agents)
    const to = Math.min(size.agents - 1, targetOf(from, random.next()))
    return delegation({ id: `d${index}`, fromAgentId: `a${from}`, toAgentId: `a${to}` })
  })
  const owners = layerIds.map((layer) =>
    assignment({ id: layer, layer, scope: 'organisation', subjectId: null, teamId: 't' }),
  )
  return pictureOf({ agents, delegations, teams: [team({ id: 't' })], assignments: owners })
}
