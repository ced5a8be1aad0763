'use client'

import { Group, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { api } from '@/components/api'
import { RiskBadge } from '@/components/badges'
import { DisabledReason } from '@/components/disabled-reason'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { Challenge } from '@/lib/recertification/stages/model'
import { urls } from '@/lib/urls'
import { ActModal } from './act-modal'
import classes from './run.module.css'

type Decision = 'upheld' | 'overturned'

const texts: Record<Decision, { title: string; confirm: string; told: string; done: string }> = {
  upheld: { title: 'Uphold the revocation', confirm: 'Uphold', told: 'It is revoked.', done: 'The revocation stands.' },
  overturned: { title: 'Overturn the revocation', confirm: 'Overturn', told: 'It is kept.', done: 'It is kept.' },
}

const stateWords: Record<Challenge['state'], string> = {
  open: 'Open',
  upheld: 'Upheld: it is revoked',
  overturned: 'Overturned: it is kept',
}

/** Revocations that somebody contests, each to be upheld or overturned. */
export function Challenges({ challenges }: { challenges: readonly Challenge[] }) {
  const [deciding, setDeciding] = useState<{ challenge: Challenge; decision: Decision } | null>(null)
  const open = challenges.filter(({ state }) => state === 'open').length
  return (
    <Panel title="Challenges" aside={open > 0 ? `${open} open` : 'All decided'} flush>
      <ul className={classes.lines}>
        {challenges.map((challenge) => (
          <li key={challenge.id}>
            <div className={classes.line}>
              <TextLink href={urls.reviewItem(challenge.item)}>{challenge.subject}</TextLink>
              <RiskBadge risk={challenge.risk} />
              <small>
                {challenge.by}, <RelativeTime at={challenge.at} />
              </small>
            </div>
            <p>“{challenge.reason}”</p>
            {challenge.revoked && (
              <p className={classes.quiet}>
                {challenge.revoked.by} revoked it
                {challenge.revoked.comment && `: “${challenge.revoked.comment}”`}
              </p>
            )}
            {challenge.state === 'open' ? (
              <Group gap="xs">
                {(['upheld', 'overturned'] as const).map((decision) => (
                  <DisabledReason
                    key={decision}
                    can={challenge.can.decide}
                    size="compact-sm"
                    variant="default"
                    aria-label={`${texts[decision].confirm}: ${challenge.subject}`}
                    onClick={() => setDeciding({ challenge, decision })}
                  >
                    {texts[decision].confirm}
                  </DisabledReason>
                ))}
              </Group>
            ) : (
              <p className={classes.quiet}>
                {stateWords[challenge.state]}. {challenge.decidedBy}: “{challenge.note}”
              </p>
            )}
          </li>
        ))}
      </ul>
      {deciding && <DecideModal {...deciding} onClose={() => setDeciding(null)} />}
    </Panel>
  )
}

interface DecideModalProps {
  challenge: Challenge
  decision: Decision
  onClose: () => void
}

function DecideModal({ challenge: { id, subject, by, reason }, decision, onClose }: DecideModalProps) {
  const { title, confirm, told, done } = texts[decision]
  return (
    <ActModal
      title={title}
      initial={{ note: '' }}
      required={{ note: 'Say why' }}
      confirmLabel={confirm}
      dangerous={decision === 'upheld'}
      onClose={onClose}
      act={async ({ note }) => {
        await api('challenges.decide', { id, decision, note: note.trim() })
        notifications.show({ message: done })
      }}
    >
      {(form) => (
        <>
          <div className={classes.what}>
            <p>
              <b>{subject}</b>: {told}
            </p>
            <p className={classes.quiet}>
              {by} contests it: “{reason}”
            </p>
          </div>
          <Textarea
            label="Note"
            description={`${by} reads this`}
            required
            autosize
            minRows={2}
            maxRows={8}
            data-autofocus
            {...form.getInputProps('note')}
          />
        </>
      )}
    </ActModal>
  )
}
