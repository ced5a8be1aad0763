'use client'

import { notifications } from '@mantine/notifications'
import { IconPencil } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Move } from '@/components/registry/move'
import { changedOf } from '@/components/registry/use-save'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { activationConcern, bindingMoves, bindingMoveTitles, canBinding } from '@/lib/registry/bindings/state'
import type { BindingState } from '@/lib/registry/model'
import { BindingDrawer } from '../binding-drawer'
import { type BindingFormValues, bindingInput, bindingValues } from '../binding-form'

interface BindingActionsProps {
  binding: BindingDetail
  /** Names of the actions that the tool is known to have. */
  toolActions: readonly string[]
  mayEdit: true | string
  mayMove: true | string
}

const meanings: Record<BindingState, string> = {
  requested: 'It goes through approval again, its intent included; what it was certified for no longer counts.',
  approved: 'The access is wanted. Its intent, if not approved yet, is approved in your name.',
  active: 'The agent may call the tool; from now on the binding counts in gaps and recertification.',
  revoked: 'The access is withdrawn in the registry. It can be requested again.',
}

/** What can be done with a binding. */
export function BindingActions({ binding, toolActions, mayEdit, mayMove }: BindingActionsProps) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const initial = useMemo(() => bindingValues(binding), [binding])
  const { id, version, state, agent, tool } = binding
  const reviewer = binding.allowlist?.reviewedBy
  const unowned = binding.owners.filter(({ status }) => status === 'unowned').map(({ layer }) => layer)
  const concern = activationConcern(binding.activation, binding.risk, unowned)
  const standing = { ...binding, intentText: binding.intent?.text ?? null }

  async function save(values: BindingFormValues, present: BindingFormValues) {
    const changed = changedOf(bindingInput(present), bindingInput(values))
    await api('bindings.update', {
      binding: id,
      version,
      ...changed,
      ...(values.approveIntent && { approveIntent: true }),
    })
    router.refresh()
  }

  function canMove(to: BindingState): true | string {
    if (mayMove !== true) return mayMove
    if (to === 'active' && concern?.blocks) return concern.message
    return canBinding.move(standing, to)
  }

  async function move(to: BindingState, reason: string) {
    const { warnings } = await api('bindings.transition', { binding: id, version, to, reason })
    for (const message of warnings) notifications.show({ color: 'yellow', message })
  }

  return (
    <>
      <DisabledReason
        can={mayEdit === true ? canBinding.edit(binding) : mayEdit}
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={() => setEditing(true)}
      >
        Edit
      </DisabledReason>
      {bindingMoves[state].map((to) => (
        <Move
          key={to}
          title={bindingMoveTitles[to]}
          question={`${bindingMoveTitles[to]}: ${agent.name} on ${tool.name}`}
          can={canMove(to)}
          dangerous={to === 'revoked'}
          primary={to !== 'revoked'}
          move={(reason) => move(to, reason)}
        >
          {meanings[to]} {to === 'active' && concern?.message}
        </Move>
      ))}
      <BindingDrawer
        opened={editing}
        onClose={() => setEditing(false)}
        title={`Edit ${agent.name} on ${tool.name}`}
        initial={initial}
        known={{ reviewer: reviewer ? { value: reviewer.externalId, label: reviewer.name } : null }}
        isNew={false}
        application={binding.application}
        actions={toolActions}
        save={save}
      />
    </>
  )
}
