'use client'

import { IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { AgentDrawer } from './agent-drawer'
import { type AgentFormValues, agentInput, emptyAgent } from './agent-form'

/** The button that proposes an agent, and its form. */
export function NewAgent({ can, mayRestrict }: { can: true | string; mayRestrict: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function save(values: AgentFormValues) {
    const { slug } = await api('agents.create', { ...agentInput(values), ...(values.slug && { slug: values.slug }) })
    router.push(urls.agent(slug))
  }

  return (
    <>
      <DisabledReason can={can} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpened(true)}>
        New agent
      </DisabledReason>
      <AgentDrawer
        opened={opened}
        onClose={() => setOpened(false)}
        initial={emptyAgent}
        sponsor={null}
        isNew
        mayRestrict={mayRestrict}
        save={save}
      />
    </>
  )
}
