'use client'

import { TextInput, type TextInputProps } from '@mantine/core'
import { durationIn, durationWords } from '@/components/recertification/duration'

interface DurationInputProps extends TextInputProps {
  /** What nothing typed means; without it there has to be something. */
  none?: string
}

/** A duration of whole days, typed in words or as ISO 8601; the other of both stands beside it. */
export function DurationInput({ value, none, ...props }: DurationInputProps) {
  const typed = String(value ?? '').trim()
  const iso = durationIn(typed)
  const hint = iso === null ? '' : /^p/i.test(typed) ? durationWords(iso) : iso
  return (
    <TextInput
      placeholder={none ?? '14 days, or P14D'}
      value={value ?? ''}
      rightSection={hint ? <code>{hint}</code> : undefined}
      rightSectionWidth={Math.max(40, hint.length * 8 + 12)}
      {...props}
    />
  )
}
