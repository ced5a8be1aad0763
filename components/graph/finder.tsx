'use client'

import { Select } from '@mantine/core'
import type { DelegationGraph } from '@/lib/delegations/model'

const shownMax = 50

const count = (many: number, one: string) => `${many.toLocaleString('en')} ${many === 1 ? one : `${one}s`}`

/** How much the picture holds, and what it leaves out. */
function extentOf({ agents, delegations, moreAgents, moreDelegations }: DelegationGraph): string {
  const held = `${count(agents.length, 'agent')}, ${count(delegations.length, 'delegation')}`
  if (moreAgents)
    return `The ${count(agents.length, 'agent')} with most delegations; there are more. Choose an agent to see those around it.`
  return moreDelegations ? `${held}; there are more delegations than a picture holds` : held
}

/** Finds an agent in the picture, and says how much of the whole the picture holds. */
export function Finder({ graph, onSelect }: { graph: DelegationGraph | null; onSelect: (id: string) => void }) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '6px 14px', alignItems: 'center', marginBottom: 10 }}>
      <Select
        aria-label="Find an agent in the picture"
        placeholder="Find in the picture"
        w={240}
        searchable
        limit={shownMax}
        value={null}
        nothingFoundMessage="No such agent in the picture"
        disabled={graph === null}
        data={(graph?.agents ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => id && onSelect(id)}
      />
      <span style={{ fontSize: 12, color: 'var(--p-text-2)' }}>{graph && extentOf(graph)}</span>
    </div>
  )
}
