import type { GapState } from '../model'

/** The states that people give a gap; the others follow from the facts. */
export const workStates = ['open', 'acknowledged', 'remediating'] as const
export type WorkState = (typeof workStates)[number]

export const isWorkState = (state: GapState): state is WorkState => workStates.some((known) => known === state)

/**
 * `true`, or why a gap in this state cannot be put into that one by hand. Among the states of work every step is
 * possible: who starts to mend has acknowledged, and what was begun can be put down again.
 */
export function mayMove(from: GapState, to: GapState): true | string {
  if (to === 'resolved') return 'A gap resolves when what it found is gone: mend it, then check it again.'
  if (to === 'excepted') return 'A risk is accepted by an exception: ask for one, and let somebody else approve it.'
  if (from === 'resolved') return 'It is resolved; it reopens by itself when the finding comes back.'
  if (from === 'excepted') return 'Its risk is accepted; withdraw the exception first.'
  return from === to ? `It is ${to} already.` : true
}

/** The states a gap can be put into from here. */
export function movesFrom(from: GapState): WorkState[] {
  return isWorkState(from) ? workStates.filter((to) => mayMove(from, to) === true) : []
}
