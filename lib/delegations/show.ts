import type { ShownWidening } from './model'
import type { Reach, Widening } from './widening'
import { widening } from './widening'

const shownMax = 8
const shown = <Row>(rows: Row[]) => ({ rows: rows.slice(0, shownMax), count: rows.length })

function shownOf({ tools, actions, risks, independentPrivileges }: Widening): ShownWidening {
  return {
    tools: shown(tools),
    actions: shown(actions.map((each) => ({ ...each, actions: each.actions.slice(0, shownMax) }))),
    risks: shown(risks),
    independentPrivileges: shown(independentPrivileges),
  }
}

const nothing: Reach = new Map()

/** What widens from one agent to another, as answers show it. */
export function wideningBetween(reaches: ReadonlyMap<string, Reach>, from: string, to: string): ShownWidening | null {
  const wider = widening(reaches.get(from) ?? nothing, reaches.get(to) ?? nothing)
  return wider && shownOf(wider)
}
