'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ScrollFrame } from '@/components/scroll-frame'
import { layerIds } from '@/lib/layers'
import type { Cell } from '@/lib/ownership/model'
import type { BindingState, RiskTier } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { AssignDialog } from '../assign/assign-dialog'
import { offerUndo } from '../assign/offer-undo'
import type { Assignable, Named } from '../assign/targets'
import { BindingStateBadge, RiskBadge } from '../badges'
import { LayerIcon } from '../layer-icon'
import { TextLink } from '../links'
import { OwnerCell } from '../owner-cell'
import { GapCount } from './gap-count'
import classes from './owner-grid.module.css'
import { mayHandOn, type Viewer } from './viewer'

/** A binding of the agent or tool whose page this is. */
export interface GridBinding {
  id: string
  slug: string
  agent: Named
  tool: Named
  environment: string
  state: BindingState
  risk: RiskTier
  openGaps: number
  owners: readonly Cell[]
}

interface OwnerGridProps {
  /** Whose page it is: its rows are named by the other end. */
  of: 'agent' | 'tool'
  bindings: readonly GridBinding[]
  viewer: Viewer
  /** `true`, or why the signed-in person may not assign at all. */
  mayAssign: true | string
  /** What is said when there is no binding. */
  none: string
}

function assignableOf({ slug, agent, tool }: GridBinding, cell: Cell): Assignable {
  const binding = { slug, name: `${agent.name} on ${tool.name}` }
  return { layer: cell.layer, subjects: { binding, agent, tool }, cell }
}

function sourceName({ agent, tool }: GridBinding, { source }: Cell): string | undefined {
  if (source === 'agent') return agent.name
  return source === 'tool' ? tool.name : undefined
}

/** Every binding of an agent or tool with its five owners; a cell opens the dialog that assigns. */
export function OwnerGrid({ of, bindings, viewer, mayAssign, none }: OwnerGridProps) {
  const router = useRouter()
  const [assigning, setAssigning] = useState<Assignable | null>(null)

  function assign(binding: GridBinding, cell: Cell) {
    const { team, person } = cell
    const verdict = mayAssign === true ? mayHandOn(team && { team, person }, viewer) : mayAssign
    if (verdict === true) setAssigning(assignableOf(binding, cell))
    else notifications.show({ message: verdict })
  }

  if (bindings.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ScrollFrame
      label={of === 'agent' ? 'Tools and their owners' : 'Agents and their owners'}
      className={classes.frame}
    >
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">{of === 'agent' ? 'Tool' : 'Agent'}</th>
            <th scope="col">State</th>
            <th scope="col">Risk</th>
            {layerIds.map((layer) => (
              <th key={layer} scope="col">
                <LayerIcon layer={layer} label />
              </th>
            ))}
            <th scope="col" data-numeric>
              Gaps
            </th>
          </tr>
        </thead>
        <tbody>
          {bindings.map((binding) => (
            <tr key={binding.id} data-revoked={binding.state === 'revoked' || undefined}>
              <th scope="row" title={binding.slug}>
                <TextLink href={urls.binding(binding.slug)}>
                  {of === 'agent' ? binding.tool.name : binding.agent.name}
                </TextLink>
                {binding.environment !== 'production' && <small>{binding.environment}</small>}
              </th>
              <td>
                <BindingStateBadge state={binding.state} />
              </td>
              <td>
                <RiskBadge risk={binding.risk} />
              </td>
              {binding.owners.map((cell) => (
                <td key={cell.layer} className={classes.owner}>
                  <OwnerCell
                    team={cell.team?.name ?? null}
                    source={cell.source}
                    confirmed={cell.status !== 'unconfirmed'}
                    credible={cell.status !== 'orphaned'}
                    since={cell.since}
                    person={cell.person?.name}
                    sourceName={sourceName(binding, cell)}
                    actionLabel="Assign an owner"
                    onClick={() => assign(binding, cell)}
                  />
                </td>
              ))}
              <td data-numeric>
                <GapCount count={binding.openGaps} href={urls.gaps({ binding: binding.slug })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {assigning && (
        <AssignDialog
          items={[assigning]}
          onClose={() => setAssigning(null)}
          onAssigned={(ids, sentence) => {
            router.refresh()
            offerUndo(ids, sentence, () => router.refresh())
          }}
        />
      )}
    </ScrollFrame>
  )
}
