'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import type { OutputOf } from '@/lib/http/client'
import { type Definition, definitionSchema } from '@/lib/recertification/model'
import { blankValues, type DefinitionValues, definitionFrom } from './values'

const typingPauseMs = 400

export type Preview = OutputOf<'campaigns.preview'>

/** The definition as JSON, as far as the preview depends on it: words and rules ask nobody. Null while something is wrong. */
function askedBy({ kind, scope, stages, selfReview }: DefinitionValues, only: Definition['only']): string | null {
  const parsed = definitionSchema.safeParse(definitionFrom({ ...blankValues, kind, scope, stages, selfReview }, only))
  return parsed.success ? JSON.stringify(parsed.data) : null
}

/** Whom a campaign as it is typed would ask about what, were it launched now; the last answer stays while the next is made. */
export function usePreview(values: DefinitionValues, only: Definition['only'], campaign: string | null) {
  const present = askedBy(values, only)
  const [asked] = useDebouncedValue(present, typingPauseMs)
  const [answer, setAnswer] = useState<{ of: string; preview: Preview | null; problem: string | null } | null>(null)

  useEffect(() => {
    if (asked === null) return
    let current = true
    const definition = definitionSchema.parse(JSON.parse(asked))
    api('campaigns.preview', { definition, ...(campaign !== null && { campaign }) }).then(
      (preview) => current && setAnswer({ of: asked, preview, problem: null }),
      (error: unknown) =>
        current &&
        setAnswer((before) => ({
          of: asked,
          preview: before?.preview ?? null,
          problem: error instanceof Error ? error.message : 'The preview could not be made.',
        })),
    )
    return () => {
      current = false
    }
  }, [asked, campaign])

  const isCurrent = answer !== null && answer.of === present
  return {
    preview: answer?.preview ?? null,
    problem: isCurrent ? answer.problem : null,
    pending: present !== null && !isCurrent,
    valid: present !== null,
  }
}
