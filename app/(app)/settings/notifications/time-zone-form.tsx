'use client'

import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { TimeZoneSelect } from '@/components/time-zone-select'
import { useAttempt } from '@/components/use-attempt'
import classes from './notifications.module.css'

interface TimeZoneFormProps {
  own: string | null
  organisation: string
  can: true | string
}

/** One's own time zone. */
export function TimeZoneForm({ own, organisation, can }: TimeZoneFormProps) {
  const router = useRouter()
  const form = useForm({ initialValues: { timeZone: own ?? '' } })
  const chosen = form.values.timeZone
  const { pending, problem, run } = useAttempt(
    async () => {
      await api('me.setTimeZone', { timeZone: chosen || null })
    },
    () => {
      notifications.show({ message: `Your days end in ${chosen || organisation} now.` })
      router.refresh()
    },
  )
  const reason = can === true && chosen === (own ?? '') ? 'Choose another time zone first.' : can
  return (
    <form onSubmit={form.onSubmit(() => run())} className={classes.form}>
      <TimeZoneSelect
        description={`That of the organisation, ${organisation}, while you choose none`}
        disabled={can !== true}
        {...form.getInputProps('timeZone')}
      />
      <DisabledReason can={reason} type="submit" loading={pending}>
        Save
      </DisabledReason>
      <Problem text={problem} />
    </form>
  )
}
