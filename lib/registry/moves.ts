/** The edges of a state machine: where each state may go. A state without edges is final. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>

const listed = (states: readonly string[]) => states.join(' or ')

/** `true`, or why a `thing` in the state `from` may not become `to`. */
export function mayMove<State extends string>(
  thing: string,
  moves: Moves<State>,
  from: State,
  to: State,
): true | string {
  if (moves[from].includes(to)) return true
  if (from === to) return `The ${thing} is ${from} already.`
  const open = moves[from]
  return open.length === 0
    ? `A ${from} ${thing} stays ${from}.`
    : `A ${from} ${thing} cannot become ${to}; it can become ${listed(open)}.`
}
