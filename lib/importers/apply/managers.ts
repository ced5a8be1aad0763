/** Who manages whom, by external id. */
export interface ManagerEdge {
  person: string
  manager: string
}

/** The people on a cycle of managers, each with the cycle. What the file says of a person goes before the registry. */
export function managerCycles(file: readonly ManagerEdge[], registry: readonly ManagerEdge[]): Map<string, string[]> {
  const managerOf = new Map([...registry, ...file].map(({ person, manager }) => [person, manager]))
  const cycles = new Map<string, string[]>()
  const settled = new Set<string>()
  for (const start of managerOf.keys()) {
    const trail = new Set<string>()
    let person: string | undefined = start
    while (person !== undefined && !settled.has(person) && !trail.has(person)) {
      trail.add(person)
      person = managerOf.get(person)
    }
    if (person !== undefined && trail.has(person)) {
      const steps = [...trail]
      const cycle = steps.slice(steps.indexOf(person))
      for (const member of cycle) cycles.set(member, cycle)
    }
    for (const member of trail) settled.add(member)
  }
  return cycles
}
