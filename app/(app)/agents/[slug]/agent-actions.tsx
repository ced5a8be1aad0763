'use client'

import { IconPencil } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { LinkButton } from '@/components/links'
import { Move } from '@/components/registry/move'
import { changedOf } from '@/components/registry/use-save'
import { agentMoveConsequence, agentMoves, agentMoveTitle, canAgent } from '@/lib/registry/agents/lifecycle'
import type { AgentDetail } from '@/lib/registry/agents/model'
import type { AgentLifecycle } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { NewBinding } from '../../bindings/new-binding'
import { AgentDrawer } from '../agent-drawer'
import { type AgentFormValues, agentInput, agentValues } from '../agent-form'

interface AgentActionsProps {
  agent: AgentDetail
  mayEdit: true | string
  mayMove: true | string
  mayBind: true | string
  mayRestrict: true | string
}

const meanings: Record<AgentLifecycle, string> = {
  discovered: 'An importer saw it.',
  proposed: 'Somebody takes it into the registry on purpose; it is no shadow agent any more.',
  active: 'It counts in gaps and recertification from now on.',
  suspended: 'It is held; its bindings stay as they are, to be resumed or revoked later.',
  retired: 'It is kept for the record and cannot come back.',
}

/** What can be done with an agent. */
export function AgentActions({ agent, mayEdit, mayMove, mayBind, mayRestrict }: AgentActionsProps) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const initial = useMemo(() => agentValues(agent), [agent])
  const { slug, version, name, lifecycle } = agent

  async function save(values: AgentFormValues, present: AgentFormValues) {
    await api('agents.update', { slug, version, ...changedOf(agentInput(present), agentInput(values)) })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={mayEdit === true ? canAgent.edit(agent) : mayEdit}
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={() => setEditing(true)}
      >
        Edit
      </DisabledReason>
      <NewBinding
        can={mayBind === true ? canAgent.bind(agent) : mayBind}
        agent={{ slug, name, environment: agent.environment }}
      />
      {agentMoves[lifecycle].map((to) => (
        <Move
          key={to}
          title={agentMoveTitle(lifecycle, to)}
          question={`${agentMoveTitle(lifecycle, to)} ${name}`}
          can={mayMove === true ? canAgent.move(agent, to) : mayMove}
          dangerous={to === 'retired'}
          primary={to === 'proposed' || (to === 'active' && lifecycle === 'proposed')}
          move={async (reason) => {
            await api('agents.transition', { slug, version, to, reason })
          }}
        >
          {meanings[to]} <Consequence agent={agent} to={to} />
        </Move>
      ))}
      {lifecycle !== 'retired' && (
        <LinkButton href={urls.whatIf({ retireAgent: slug })} variant="default">
          What if retired
        </LinkButton>
      )}
      <AgentDrawer
        opened={editing}
        onClose={() => setEditing(false)}
        initial={initial}
        sponsor={agent.sponsor}
        isNew={false}
        mayRestrict={mayRestrict}
        save={save}
      />
    </>
  )
}

const shownBindings = 8

/** Which bindings a move revokes. */
function Consequence({ agent, to }: { agent: AgentDetail; to: AgentLifecycle }) {
  const sentence = agentMoveConsequence(to, agent.bindingsHeld)
  if (sentence === null) return null
  const held = agent.bindings.rows.filter(({ state }) => state !== 'revoked')
  const more = agent.bindingsHeld - Math.min(held.length, shownBindings)
  return (
    <>
      {sentence}
      <ul>
        {held.slice(0, shownBindings).map(({ id, tool, environment }) => (
          <li key={id}>
            {tool.name} in {environment}
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </>
  )
}
