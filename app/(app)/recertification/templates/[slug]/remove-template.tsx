'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import type { TemplateDetail } from '@/lib/recertification/campaigns/templates/model'
import { urls } from '@/lib/urls'

/** Removes a template; what was made from it stays. */
export function RemoveTemplate({
  template: { slug, name, version, nextOn, can },
}: {
  template: Pick<TemplateDetail, 'slug' | 'name' | 'version' | 'nextOn' | 'can'>
}) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <DisabledReason can={can.remove} variant="default" onClick={() => setAsking(true)}>
        Remove
      </DisabledReason>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title="Remove this template?"
        confirmLabel="Remove"
        dangerous
        onConfirm={async () => {
          await api('campaignTemplates.remove', { slug, version })
          notifications.show({ message: `“${name}” is gone.` })
          router.push(urls.recertification())
          router.refresh()
        }}
      >
        Campaigns made from “{name}” stay.
        {nextOn && ` It would have launched on ${nextOn}; that does not happen.`}
      </ConfirmModal>
    </>
  )
}
