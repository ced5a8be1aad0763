'use client'

import { IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { RouteDialog } from '@/components/registry/route-dialog'

/** Puts this point on the paths of many bindings at once. */
export function RouteThrough({ point, can }: { point: { slug: string; name: string }; can: true | string }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <DisabledReason
        can={can}
        size="compact-xs"
        variant="default"
        leftSection={<IconRoute size={13} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Route bindings through this
      </DisabledReason>
      {opened && <RouteDialog point={point} onClose={() => setOpened(false)} />}
    </>
  )
}
