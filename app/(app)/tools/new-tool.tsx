'use client'

import { IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { ToolDrawer } from './tool-drawer'
import { emptyTool, type ToolFormValues, toolInput } from './tool-form'

/** The button that registers a tool, and its form. */
export function NewTool({ can, mayRestrict }: { can: true | string; mayRestrict: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function save(values: ToolFormValues) {
    const { slug } = await api('tools.create', { ...toolInput(values), ...(values.slug && { slug: values.slug }) })
    router.push(urls.tool(slug))
  }

  return (
    <>
      <DisabledReason can={can} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpened(true)}>
        New tool
      </DisabledReason>
      <ToolDrawer
        opened={opened}
        onClose={() => setOpened(false)}
        initial={emptyTool}
        application={null}
        isNew
        mayRestrict={mayRestrict}
        save={save}
      />
    </>
  )
}
