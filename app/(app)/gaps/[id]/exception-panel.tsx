'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { ExceptionActions } from '@/components/gaps/exception-actions'
import { ExceptionBadge } from '@/components/gaps/exception-badge'
import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { RelativeTime } from '@/components/relative-time'
import type { GapDetail } from '@/lib/gaps/shapes'
import type { GapException } from '@/lib/gaps/work/model'
import { AskExceptionForm } from '../gap-forms'
import classes from '../gaps.module.css'

interface ExceptionPanelProps {
  gap: GapDetail
  exception: GapException | null
  daysMax: number
}

/** The accepted risk: asked for, in force, run out, or not there. */
export function ExceptionPanel({ gap, exception, daysMax }: ExceptionPanelProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const standing = exception?.state
  const mayAskAgain = gap.state !== 'resolved' && standing !== 'asked' && standing !== 'in_force'
  return (
    <Panel title="Exception">
      <div className={classes.work}>
        {exception ? (
          <Facts facts={factsOf(exception)} />
        ) : (
          <p className={classes.dim}>
            {gap.state === 'resolved'
              ? 'None was needed.'
              : 'Nobody has accepted this risk. Where it has to stand for a while, ask; somebody else approves.'}
          </p>
        )}
        <div className={classes.buttons}>
          {exception && <ExceptionActions exception={exception} />}
          {mayAskAgain && (
            <DisabledReason can={gap.can.ask} variant="default" size="compact-sm" onClick={() => setAsking(true)}>
              {exception ? 'Ask again' : 'Ask for an exception'}
            </DisabledReason>
          )}
        </div>
      </div>
      {asking && (
        <AskExceptionForm
          ids={[gap.id]}
          daysMax={daysMax}
          onClose={() => setAsking(false)}
          onDone={(message) => {
            notifications.show({ message })
            router.refresh()
          }}
        />
      )}
    </Panel>
  )
}

function factsOf({ state, reason, expires, askedBy, askedAt, decidedBy, decisionNote }: GapException) {
  return [
    { label: 'State', value: <ExceptionBadge state={state} /> },
    {
      label: state === 'expired' ? 'Ran out' : 'Until',
      value: (
        <>
          {expires.slice(0, 10)} (<RelativeTime at={expires} />)
        </>
      ),
    },
    { label: 'Reason', value: reason },
    {
      label: 'Asked by',
      value: (
        <>
          {askedBy}, <RelativeTime at={askedAt} />
        </>
      ),
    },
    ...(decidedBy ? [{ label: 'Approved by', value: decidedBy }] : []),
    ...(decisionNote ? [{ label: 'Note', value: decisionNote }] : []),
  ]
}
