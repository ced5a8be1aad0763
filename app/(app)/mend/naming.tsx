import { List } from '@mantine/core'
import type { Mendable } from '@/lib/ownership/suggest/model'
import { bindingsOf, type Choice, plural } from './groups'

/** What is about to be named: for each owner how many layers, on how many bindings. */
export function Naming({ rows, choiceOf }: { rows: readonly Mendable[]; choiceOf: (row: Mendable) => Choice | null }) {
  const byOwner = new Map<string, { name: string; rows: Mendable[] }>()
  for (const row of rows) {
    const choice = choiceOf(row)
    if (!choice) continue
    const { team, person } = choice
    const key = `${team.slug}:${person?.externalId ?? ''}`
    const known = byOwner.get(key)
    if (known) known.rows.push(row)
    else byOwner.set(key, { name: person ? `${team.name} (${person.name})` : team.name, rows: [row] })
  }
  return (
    <>
      <List size="sm" spacing={4} mb={6}>
        {[...byOwner].map(([key, owner]) => (
          <List.Item key={key}>
            <b>{owner.name}</b>: {plural(owner.rows.length, 'layer', 'layers')} of{' '}
            {plural(bindingsOf(owner.rows), 'binding', 'bindings')}
          </List.Item>
        ))}
      </List>
      The lead of each team is asked to accept. You can take all of it back for a while.
    </>
  )
}
