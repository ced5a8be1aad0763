'use client'

import { Group, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { CopyButton } from '@/components/copy-button'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import classes from './notifications.module.css'

/** The address under which a calendar program reads one's due dates: made, shown once, taken back. */
export function CalendarPanel({ feed, can }: { feed: OutputOf<'calendar.get'>['feed']; can: true | string }) {
  const router = useRouter()
  const [address, setAddress] = useState<string | null>(null)
  const [asking, setAsking] = useState<'renew' | 'revoke' | null>(null)

  async function make() {
    setAddress((await api('calendar.create', {})).address)
    router.refresh()
  }
  async function revoke() {
    await api('calendar.revoke', {})
    setAddress(null)
    router.refresh()
  }
  const making = useAttempt(make, () => undefined)

  return (
    <div className={classes.calendar}>
      <p>
        {feed ? (
          <>
            You made an address <RelativeTime at={feed.createdAt} />
            {feed.lastReadAt ? (
              <>
                ; a calendar last read it <RelativeTime at={feed.lastReadAt} />.
              </>
            ) : (
              '; no calendar has read it yet.'
            )}
          </>
        ) : (
          'Subscribe in your calendar program to see until when your reviews and remediations are due.'
        )}
      </p>
      {address && (
        <TextInput
          label="Address of your calendar"
          description="Copy it now: it is shown here and never again. Whoever has it sees your due dates."
          readOnly
          value={address}
          className={classes.address}
          onFocus={(event) => event.currentTarget.select()}
          rightSection={<CopyButton value={address} label="Copy address" />}
        />
      )}
      <Problem text={making.problem} />
      <Group gap="xs">
        {feed ? (
          <>
            <DisabledReason can={can} variant="default" onClick={() => setAsking('renew')}>
              Make a new address
            </DisabledReason>
            <DisabledReason can={can} variant="default" onClick={() => setAsking('revoke')}>
              Take it back
            </DisabledReason>
          </>
        ) : (
          <DisabledReason can={can} loading={making.pending} onClick={() => making.run()}>
            Make an address
          </DisabledReason>
        )}
      </Group>
      <ConfirmModal
        opened={asking === 'renew'}
        onClose={() => setAsking(null)}
        title="Make a new address"
        confirmLabel="Make a new address"
        onConfirm={make}
      >
        Calendars that read the present address find nothing there any more.
      </ConfirmModal>
      <ConfirmModal
        opened={asking === 'revoke'}
        onClose={() => setAsking(null)}
        title="Take the address back"
        confirmLabel="Take it back"
        dangerous
        onConfirm={revoke}
      >
        Calendars that read it find nothing there any more. You can make another at any time.
      </ConfirmModal>
    </div>
  )
}
