'use client'

import { IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'

/** Goes to the editor of a tool's next contract. */
export function NewContract({
  can,
  tool,
  label = 'New contract',
  compact = false,
}: {
  can: true | string
  tool?: string
  label?: string
  compact?: boolean
}) {
  const router = useRouter()
  return (
    <DisabledReason
      can={can}
      {...(tool !== undefined && { variant: 'default' })}
      {...(compact && { size: 'compact-xs' })}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => router.push(urls.newContract(tool))}
    >
      {label}
    </DisabledReason>
  )
}
