import { strict as assert } from 'node:assert'
import { evaluateAll } from '@/lib/gaps/evaluate'
import { defaultGapPolicy } from '@/lib/gaps/model'
import { delegationHole } from '@/lib/gaps/rules/delegation-hole'
import { agent, binding, delegation, now, pictureOf } from '@/lib/gaps/testing/facts'
import { type Random, randomOf } from '@/lib/gaps/testing/random'
import { type Figure, within } from './figures'
import { seldom, time } from './measure'

const section = 'Chains of delegation'
const agents = 10_000
const edges = 50_000
const together = 1_000

type Edge = (random: Random) => [number, number]
const anywhere: Edge = (random) => [random.below(agents), random.below(agents)]
/** From the earlier to the later, so that there is no loop. */
const onward: Edge = (random) => {
  const from = random.below(agents - 1)
  return [from, from + 1 + random.below(agents - 1 - from)]
}

/** The rule on delegations alone, in memory: on one tangle of loops, and on as many chains without any. */
export async function* measureDelegations(): AsyncGenerator<Figure> {
  const shapes = [
    ['at random, nearly all of them in one loop', anywhere],
    ['without a loop', onward],
  ] as const
  for (const [shape, edge] of shapes) {
    const picture = pictureWith(edge)
    const evaluate = async () => evaluateAll(picture, { now, policy: defaultGapPolicy }, [delegationHole])
    assert.notEqual((await evaluate()).length, 0, 'Nothing to find')
    yield within(section, `10,000 agents, 50,000 delegations ${shape}`, await time(evaluate, seldom), together)
  }
}

/** Agents with ten bindings each whose layers nobody owns, every hundredth of them suspended. */
function pictureWith(edge: Edge) {
  const random = randomOf(1)
  const numbers = Array.from({ length: agents }, (_, number) => number)
  return pictureOf({
    agents: numbers.map((number) =>
      agent({ id: `a${number}`, lifecycle: number % 100 === 0 ? 'suspended' : 'active' }),
    ),
    bindings: numbers.flatMap((number) =>
      Array.from({ length: 10 }, (_, tool) =>
        binding({ id: `b${number}-${tool}`, agentId: `a${number}`, toolId: `t${tool}` }),
      ),
    ),
    delegations: Array.from({ length: edges }, (_, number) => {
      const [from, to] = edge(random)
      return delegation({ id: `d${number}`, fromAgentId: `a${from}`, toAgentId: `a${to}` })
    }),
  })
}
