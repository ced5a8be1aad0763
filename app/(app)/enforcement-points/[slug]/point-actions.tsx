'use client'

import { IconPencil } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { changedOf } from '@/components/registry/use-save'
import type { PointDetail } from '@/lib/registry/points/model'
import { PointDrawer } from '../point-drawer'
import { type PointFormValues, pointInput, pointValues } from '../point-form'

/** What can be done with an enforcement point. */
export function PointActions({ point, mayEdit }: { point: PointDetail; mayEdit: true | string }) {
  const router = useRouter()
  const [editing, setEditing] = useState(false)
  const initial = useMemo(() => pointValues(point), [point])
  const { slug, version } = point

  async function save(values: PointFormValues, present: PointFormValues) {
    await api('points.update', { slug, version, ...changedOf(pointInput(present), pointInput(values)) })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={mayEdit}
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden />}
        onClick={() => setEditing(true)}
      >
        Edit
      </DisabledReason>
      <PointDrawer
        opened={editing}
        onClose={() => setEditing(false)}
        initial={initial}
        team={point.team}
        isNew={false}
        save={save}
      />
    </>
  )
}
