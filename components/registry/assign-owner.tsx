'use client'

import { IconUserPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AssignDialog } from '../assign/assign-dialog'
import { offerUndo } from '../assign/offer-undo'
import type { Assignable } from '../assign/targets'
import { DisabledReason } from '../disabled-reason'

interface AssignOwnerProps {
  items: readonly Assignable[]
  can: true | string
  label?: string
}

/** A button that opens the dialog to name an owner. */
export function AssignOwner({ items, can, label = 'Assign' }: AssignOwnerProps) {
  const router = useRouter()
  const [assigning, setAssigning] = useState(false)
  return (
    <>
      <DisabledReason
        can={can}
        size="compact-xs"
        variant="default"
        leftSection={<IconUserPlus size={13} aria-hidden />}
        onClick={() => setAssigning(true)}
      >
        {label}
      </DisabledReason>
      {assigning && (
        <AssignDialog
          items={items}
          onClose={() => setAssigning(false)}
          onAssigned={(ids, sentence) => {
            router.refresh()
            offerUndo(ids, sentence, () => router.refresh())
          }}
        />
      )}
    </>
  )
}
