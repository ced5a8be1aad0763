'use client'

import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { RemindModal } from './remind-modal'

/** Reminds those who have not answered, after it has shown who they are. */
export function RemindButton({ slug, can }: { slug: string; can: true | string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <DisabledReason can={can} variant="default" onClick={() => setOpen(true)}>
        Remind
      </DisabledReason>
      {open && <RemindModal slug={slug} onClose={() => setOpen(false)} />}
    </>
  )
}
