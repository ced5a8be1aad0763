import type { Definition, ItemState, Outcome } from '../model'
import { type ItemPosition, nextItemPosition } from '../states'

/** What all items of one state and outcome in a stage become when it ends. */
export interface Flow {
  from: { state: ItemState; outcome: Outcome | null }
  to: ItemPosition
}

const asked = [
  { state: 'open', outcome: null },
  { state: 'answered', outcome: 'certify' },
  { state: 'answered', outcome: 'reassign' },
  { state: 'answered', outcome: 'revoke' },
] as const

/** What silence comes to at the end of a campaign. Extending once is over by then, and leaves a gap. */
const silenceOutcome = ({ nonResponse }: Definition): 'no_response' | 'revoke' =>
  nonResponse === 'revoke' ? 'revoke' : 'no_response'

/** Where the items of a stage go when it ends. */
export function flowsAtEnd(definition: Definition, stage: number): Flow[] {
  const next = definition.stages[stage]?.takes ?? null
  return asked.map(({ state, outcome }) => {
    const moved = nextItemPosition(
      { state, stage, outcome },
      { type: 'stage_ended', next, unanswered: silenceOutcome(definition) },
    )
    if (moved.state === undefined) throw new Error(moved.refusal)
    return { from: { state, outcome }, to: moved.state }
  })
}

/** Whether the non-response policy gives a stage that ends by itself more time: once, when somebody has not answered. */
export const extendsOnce = (definition: Definition, wasExtended: boolean, open: number): boolean =>
  definition.nonResponse === 'extend_once' && !wasExtended && open > 0
