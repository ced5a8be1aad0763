/** The size of an agent's card in the picture: known beforehand, so that nothing has to be measured. */
export const cardSize = { width: 196, height: 54 } as const

/** The room between cards, and between columns of them, where the labels of the calls stand. */
export const gaps = { rows: 16, columns: 120 } as const

export interface LayoutInput {
  agents: readonly { id: string; depth: number }[]
  delegations: readonly { from: string; to: string }[]
}

/** Top left corner of each agent's card, by id. */
export type Positions = Record<string, { x: number; y: number }>
