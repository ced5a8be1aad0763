'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import type { OutputOf } from '@/lib/http/client'

const typingPauseMs = 300

type Checked = OutputOf<'contracts.check'>

/** What the server says of a document while it is typed: its digest, or what is wrong where. */
export function useChecked(document: string): { checked: Checked | null; pending: boolean; failed: boolean } {
  const [text] = useDebouncedValue(document, typingPauseMs)
  const [answer, setAnswer] = useState<{ of: string; checked: Checked | null } | null>(null)

  useEffect(() => {
    let current = true
    api('contracts.check', { document: text }).then(
      (checked) => current && setAnswer({ of: text, checked }),
      () => current && setAnswer({ of: text, checked: null }),
    )
    return () => {
      current = false
    }
  }, [text])

  const isCurrent = answer?.of === document
  return {
    checked: answer?.checked ?? null,
    pending: !isCurrent,
    failed: isCurrent && answer.checked === null,
  }
}
