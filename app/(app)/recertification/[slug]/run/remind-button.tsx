'use client'

import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { useAttempt } from '@/components/use-attempt'

/** Reminds those who have not answered with their next mail: everybody, or one person. */
export function RemindButton({ slug, person, can }: { slug: string; person?: string; can: true | string }) {
  const [asked, setAsked] = useState(false)
  const { pending, problem, run } = useAttempt(
    async () => {
      const { reminded, tomorrow } = await api('campaigns.remind', { slug, ...(person !== undefined && { person }) })
      const later = tomorrow > 0 ? ` ${tomorrow} had a mail today and hear tomorrow.` : ''
      notifications.show({ message: `${reminded} ${reminded === 1 ? 'person is' : 'people are'} reminded.${later}` })
    },
    () => setAsked(true),
  )
  return (
    <>
      <DisabledReason
        can={asked ? 'The reminder is on its way.' : can}
        variant="default"
        size={person === undefined ? 'sm' : 'compact-sm'}
        loading={pending}
        onClick={() => void run()}
      >
        Remind
      </DisabledReason>
      <Problem text={problem} />
    </>
  )
}
