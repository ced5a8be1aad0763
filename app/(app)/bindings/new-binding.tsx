'use client'

import { IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { BindingDrawer } from './binding-drawer'
import { type BindingFormValues, bindingInput, emptyBinding } from './binding-form'

interface NewBindingProps {
  can: true | string
  /** On the page of an agent or tool: that end, chosen already. */
  agent?: { slug: string; name: string; environment: string }
  tool?: { slug: string; name: string }
}

const optionOf = (end: { slug: string; name: string } | undefined) => end && { value: end.slug, label: end.name }

/** The button that requests access of an agent to a tool, and its form. */
export function NewBinding({ can, agent, tool }: NewBindingProps) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const initial = useMemo(
    () => ({
      ...emptyBinding,
      ...(agent && { agent: agent.slug, environment: agent.environment }),
      ...(tool && { tool: tool.slug }),
    }),
    [agent, tool],
  )

  async function save(values: BindingFormValues) {
    if (values.agent === null || values.tool === null) return
    const { slug } = await api('bindings.create', {
      agent: values.agent,
      tool: values.tool,
      environment: values.environment,
      ...bindingInput(values),
    })
    router.push(urls.binding(slug))
  }

  return (
    <>
      <DisabledReason
        can={can}
        {...((agent || tool) && { variant: 'default' })}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        New binding
      </DisabledReason>
      <BindingDrawer
        opened={opened}
        onClose={() => setOpened(false)}
        title="Request access"
        initial={initial}
        known={{ agent: optionOf(agent) ?? null, tool: optionOf(tool) ?? null }}
        isNew
        save={save}
      />
    </>
  )
}
