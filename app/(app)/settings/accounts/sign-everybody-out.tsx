'use client'

import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { ReasonModal } from '@/components/reason-modal'

/** For the day when somebody may be in who should not: ends every session but the one it is pressed in. */
export function SignEverybodyOut({ can }: { can: true | string }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <DisabledReason can={can} variant="default" onClick={() => setOpened(true)}>
        Sign everybody out
      </DisabledReason>
      <ReasonModal
        opened={opened}
        onClose={() => setOpened(false)}
        title="Sign everybody out"
        confirmLabel="Sign out"
        dangerous
        onConfirm={async (reason) => {
          const { ended } = await api('accounts.endAllSessions', { reason })
          notifications.show({ message: ended === 1 ? 'One session is ended.' : `${ended} sessions are ended.` })
        }}
      >
        Everybody but you signs in again, on every device. What they have typed and not saved is lost. API tokens go on.
      </ReasonModal>
    </>
  )
}
