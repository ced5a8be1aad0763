import type { GraphEdge } from '@/lib/delegations/model'
import { cardSize, type Positions } from './layout-model'

/** Where an arrow key leads from an agent: along the calls left and right, to the next card up and down. */
export type Direction = 'left' | 'right' | 'up' | 'down'

/** The agent that an arrow key leads to; null when there is none that way. */
export function neighbour(
  from: string,
  direction: Direction,
  { positions, delegations }: { positions: Positions; delegations: readonly Pick<GraphEdge, 'from' | 'to'>[] },
): string | null {
  const here = positions[from]
  if (!here) return null
  const y = (id: string) => positions[id]?.y ?? 0
  const nearest = (ids: readonly string[]) =>
    [...ids].sort((one, other) => Math.abs(y(one) - here.y) - Math.abs(y(other) - here.y))[0] ?? null
  if (direction === 'right') return nearest(delegations.filter((edge) => edge.from === from).map(({ to }) => to))
  if (direction === 'left') return nearest(delegations.filter((edge) => edge.to === from).map((edge) => edge.from))
  const isThatWay = (other: { y: number }) => (direction === 'down' ? other.y > here.y : other.y < here.y)
  const isInColumn = (other: { x: number }) => Math.abs(other.x - here.x) < cardSize.width
  const column = Object.entries(positions).filter(([, place]) => isInColumn(place) && isThatWay(place))
  return nearest(column.map(([id]) => id))
}
