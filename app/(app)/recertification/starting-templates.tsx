'use client'

import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { EmptyState } from '@/components/empty-state'
import { Problem } from '@/components/problem'
import { useAttempt } from '@/components/use-attempt'
import { startingDays, startingTemplates } from '@/lib/recertification/campaigns/starting-templates'

interface StartingTemplatesProps {
  today: string
  timeZone: string
  can: true | string
}

/** Offers what most organisations begin with while there is no template. Nothing launches by itself before somebody says so. */
export function StartingTemplates({ today, timeZone, can }: StartingTemplatesProps) {
  const router = useRouter()
  const templates = startingTemplates(startingDays(today), timeZone)
  const { pending, problem, run } = useAttempt(
    async () => {
      for (const { key: _key, ...template } of templates)
        await api('campaignTemplates.create', { ...template, enabled: false })
    },
    () => router.refresh(),
  )
  return (
    <EmptyState
      action={
        <DisabledReason can={can} loading={pending} onClick={() => run()}>
          Add the usual templates
        </DisabledReason>
      }
    >
      There is no template yet. The usual ones: {templates.map(({ name }) => name).join(' · ')}.
      <Problem text={problem} />
    </EmptyState>
  )
}
