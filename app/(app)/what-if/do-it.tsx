'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { ReasonModal } from '@/components/reason-modal'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import type { NamedChange } from '@/lib/whatif/model'
import { consequence, subjectUrlOf } from './words'

interface DoItProps {
  changes: NamedChange[]
  answer: OutputOf<'whatif.preview'>
  may: true | string
}

/** Does what is shown, all of it at once, or hands it over as an estate file. */
export function DoIt({ changes, answer, may }: DoItProps) {
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const download = useAttempt(savePlan, () => {})
  const title = answer.changes.map((change) => change.title).join(', and ')

  async function savePlan() {
    const { estate } = await api('whatif.plan', { changes })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([estate], { type: 'application/yaml' }))
    link.download = 'plan.yaml'
    link.click()
    URL.revokeObjectURL(link.href)
  }

  async function carryOut(reason: string) {
    await api('whatif.apply', { changes, fingerprint: answer.fingerprint, reason })
    notifications.show({ message: `Done: ${title}.` })
    const [first] = changes
    router.push(first ? subjectUrlOf(first) : urls.whatIf())
  }

  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={download.pending}
        onClick={() => download.run()}
      >
        Download as plan
      </Button>
      <DisabledReason can={may} color="red.8" onClick={() => setAsking(true)}>
        Do it
      </DisabledReason>
      {download.problem && <span role="alert">{download.problem}</span>}
      <ReasonModal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={title}
        confirmLabel="Do it"
        dangerous
        onConfirm={carryOut}
      >
        {consequence(answer.totals)} It is all done at once, or, if the registry has changed meanwhile, not at all.
      </ReasonModal>
    </>
  )
}
