/** How large an estate is. */
export interface EstateSize {
  agents: number
  tools: number
  bindings: number
  teams: number
  people: number
  points: number
}

/** The large estate that the aims are set for, or a part of it to try the benchmark out with. */
export function sizeOf(scale: number): EstateSize {
  const part = (whole: number, min: number) => Math.max(min, Math.round(whole * scale))
  // Agents come in pairs that share twenty bindings between them.
  const agents = 2 * part(5000, 20)
  return {
    agents,
    tools: part(1000, 40),
    bindings: agents * 10,
    teams: part(100, 20),
    people: part(2000, 100),
    points: part(200, 40),
  }
}
