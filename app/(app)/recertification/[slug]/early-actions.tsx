'use client'

import { Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import type { CampaignDetail } from '@/lib/recertification/campaigns/shapes'
import { urls } from '@/lib/urls'

/** Taking a campaign off its schedule, and throwing away one that nobody has been asked about. */
export function EarlyActions({
  campaign: { slug, name, version, state, can },
}: {
  campaign: Pick<CampaignDetail, 'slug' | 'name' | 'version' | 'state' | 'can'>
}) {
  const router = useRouter()
  const [asking, setAsking] = useState<'discard' | 'unschedule' | null>(null)
  const modal = { opened: true, onClose: () => setAsking(null) }
  return (
    <Group gap="xs">
      {state === 'scheduled' && (
        <DisabledReason can={can.unschedule} variant="default" onClick={() => setAsking('unschedule')}>
          Unschedule
        </DisabledReason>
      )}
      <DisabledReason can={can.discard} variant="default" onClick={() => setAsking('discard')}>
        Discard
      </DisabledReason>
      {asking === 'unschedule' && (
        <ConfirmModal
          {...modal}
          title="Take it off the schedule?"
          confirmLabel="Unschedule"
          onConfirm={async () => {
            await api('campaigns.schedule', { slug, version, startsOn: null })
            router.refresh()
          }}
        >
          It is a draft again, and does not start by itself.
        </ConfirmModal>
      )}
      {asking === 'discard' && (
        <ConfirmModal
          {...modal}
          title="Discard this campaign?"
          confirmLabel="Discard"
          dangerous
          onConfirm={async () => {
            await api('campaigns.discard', { slug, version })
            notifications.show({ message: `“${name}” is gone.` })
            router.push(urls.recertification())
            router.refresh()
          }}
        >
          “{name}” is gone for good. Nobody was asked about anything yet.
        </ConfirmModal>
      )}
    </Group>
  )
}
