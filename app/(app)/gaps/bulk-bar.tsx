'use client'

import { Button, CloseButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import type { WorkState } from '@/lib/gaps/work/states'
import { AskExceptionForm, AssignForm } from './gap-forms'
import classes from './gaps.module.css'

/** What the one who looks may do with gaps at all; whether with these is for the use case to say. */
export interface GapPowers {
  transition: true | string
  assign: true | string
  ask: true | string
}

interface BulkBarProps {
  ids: readonly string[]
  /** How many gaps are in the list as far as it is loaded. */
  shown: number
  may: GapPowers
  exceptionDaysMax: number
  onAll: () => void
  onClear: () => void
}

/** What can be done with the chosen gaps, all at once or not at all. */
export function BulkBar({ ids, shown, may, exceptionDaysMax, onAll, onClear }: BulkBarProps) {
  const router = useRouter()
  const [form, setForm] = useState<'assign' | 'except' | null>(null)
  const [pending, setPending] = useState<WorkState | null>(null)

  function done(sentence: string) {
    notifications.show({ message: sentence })
    onClear()
    router.refresh()
  }

  async function move(to: WorkState) {
    setPending(to)
    try {
      const { changed } = await api('gaps.transition', { ids: [...ids], to })
      done(changed === 0 ? `All are ${to} already.` : `${changed === 1 ? 'One gap' : `${changed} gaps`} ${to}.`)
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : 'It did not work.' })
    } finally {
      setPending(null)
    }
  }

  const forms = { ids, onClose: () => setForm(null), onDone: done }
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Selected gaps">
      <span>
        <b>{ids.length}</b> of {shown} selected
      </span>
      {ids.length < shown && (
        <Button variant="subtle" size="compact-sm" onClick={onAll}>
          Select all shown
        </Button>
      )}
      <DisabledReason
        can={may.transition}
        variant="default"
        loading={pending === 'acknowledged'}
        onClick={() => move('acknowledged')}
      >
        Acknowledge
      </DisabledReason>
      <DisabledReason
        can={may.transition}
        variant="default"
        loading={pending === 'remediating'}
        onClick={() => move('remediating')}
      >
        Remediate
      </DisabledReason>
      <DisabledReason can={may.assign} variant="default" onClick={() => setForm('assign')}>
        Assign
      </DisabledReason>
      <DisabledReason can={may.ask} variant="default" onClick={() => setForm('except')}>
        Except
      </DisabledReason>
      <CloseButton aria-label="Clear selection" onClick={onClear} />
      {form === 'assign' && <AssignForm {...forms} />}
      {form === 'except' && <AskExceptionForm {...forms} daysMax={exceptionDaysMax} />}
    </div>
  )
}
