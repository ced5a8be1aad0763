'use client'

import { Button, Checkbox } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { RouteDialog } from '@/components/registry/route-dialog'
import classes from './chosen-tools.module.css'

interface Named {
  slug: string
  name: string
}

interface Choosing {
  chosen: readonly Named[]
  toggle: (tool: Named) => void
}

const ChoosingContext = createContext<Choosing>({ chosen: [], toggle: () => undefined })

/** A list in which tools can be chosen, and what can be done with those that are. */
export function ChoosingTools({ mayRoute, children }: { mayRoute: true | string; children: ReactNode }) {
  const [chosen, setChosen] = useState<readonly Named[]>([])
  // Kept while the dialog is open: what it is about does not change under it.
  const [routed, setRouted] = useState<readonly Named[] | null>(null)
  const choosing = useMemo<Choosing>(
    () => ({
      chosen,
      toggle: ({ slug, name }) =>
        setChosen((before) => {
          const others = before.filter((tool) => tool.slug !== slug)
          return others.length < before.length ? others : [...others, { slug, name }]
        }),
    }),
    [chosen],
  )
  return (
    <ChoosingContext value={choosing}>
      {chosen.length > 0 && (
        <div className={classes.bar} role="toolbar" aria-label="Chosen tools">
          <b>{chosen.length === 1 ? '1 tool chosen' : `${chosen.length} tools chosen`}</b>
          <DisabledReason
            can={mayRoute}
            size="compact-xs"
            leftSection={<IconRoute size={13} aria-hidden />}
            onClick={() => setRouted(chosen)}
          >
            Route through a point
          </DisabledReason>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setChosen([])}>
            Clear
          </Button>
        </div>
      )}
      {children}
      {routed && <RouteDialog tools={routed} onClose={() => setRouted(null)} />}
    </ChoosingContext>
  )
}

/** The box before a tool's name. */
export function ChooseTool({ tool: { slug, name }, children }: { tool: Named; children: ReactNode }) {
  const { chosen, toggle } = useContext(ChoosingContext)
  return (
    <span className={classes.name}>
      <Checkbox
        size="xs"
        aria-label={`Choose ${name}`}
        checked={chosen.some((tool) => tool.slug === slug)}
        onChange={() => toggle({ slug, name })}
      />
      {children}
    </span>
  )
}
