'use client'

import { IconPencil } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { LinkButton } from '@/components/links'
import { Move } from '@/components/registry/move'
import { changedOf } from '@/components/registry/use-save'
import { canTool, toolRetirementConsequence } from '@/lib/registry/tools/lifecycle'
import type { ToolDetail } from '@/lib/registry/tools/model'
import { urls } from '@/lib/urls'
import { NewBinding } from '../../bindings/new-binding'
import { ToolDrawer } from '../tool-drawer'
import { type ToolFormValues, toolInput, toolValues } from '../tool-form'

interface ToolActionsProps {
  tool: ToolDetail
  mayEdit: true | string
  mayBind: true | string
  mayRestrict: true | string
}

/** What can be done with a tool. */
export function ToolActions({ tool, mayEdit, mayBind, mayRestrict }: ToolActionsProps) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const initial = useMemo(() => toolValues(tool), [tool])
  const { slug, version, name } = tool
  const canBind = tool.lifecycle === 'retired' ? 'A retired tool gets no new access.' : mayBind

  async function save(values: ToolFormValues, present: ToolFormValues) {
    await api('tools.update', { slug, version, ...changedOf(toolInput(present), toolInput(values)) })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={mayEdit === true ? canTool.edit(tool) : mayEdit}
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={() => setEditing(true)}
      >
        Edit
      </DisabledReason>
      <NewBinding can={canBind} tool={{ slug, name }} />
      {tool.lifecycle === 'active' && (
        <LinkButton href={urls.whatIf({ tools: slug })} variant="default">
          What if moved
        </LinkButton>
      )}
      <Move
        title="Retire"
        question={`Retire ${name}`}
        can={mayEdit === true ? canTool.retire(tool) : mayEdit}
        dangerous
        move={async (reason) => {
          await api('tools.update', { slug, version, lifecycle: 'retired', reason })
        }}
      >
        It is kept for the record and cannot come back. {toolRetirementConsequence(tool.bindingsHeld)}
      </Move>
      <ToolDrawer
        opened={editing}
        onClose={() => setEditing(false)}
        initial={initial}
        application={tool.application}
        isNew={false}
        mayRestrict={mayRestrict}
        save={save}
      />
    </>
  )
}
