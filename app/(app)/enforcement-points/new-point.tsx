'use client'

import { IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { PointDrawer } from './point-drawer'
import { emptyPoint, type PointFormValues, pointInput } from './point-form'

/** The button that registers an enforcement point, and its form. */
export function NewPoint({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function save(values: PointFormValues) {
    const { slug } = await api('points.create', { ...pointInput(values), ...(values.slug && { slug: values.slug }) })
    router.push(urls.enforcementPoint(slug))
  }

  return (
    <>
      <DisabledReason can={can} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpened(true)}>
        New enforcement point
      </DisabledReason>
      <PointDrawer
        opened={opened}
        onClose={() => setOpened(false)}
        initial={emptyPoint}
        team={null}
        isNew
        save={save}
      />
    </>
  )
}
