'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { BindingStateBadge, RemediationStateBadge, RiskBadge } from '@/components/badges'
import { DisabledReason } from '@/components/disabled-reason'
import { PersonLink, TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ReasonModal } from '@/components/reason-modal'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import { isUnfinished, type RemediationDetail } from '@/lib/recertification/remediation/model'
import { urls } from '@/lib/urls'
import { Due } from '../../gaps/due'
import classes from '../../gaps/gaps.module.css'
import { AssignForm, DueForm } from './work-forms'

interface WorkPanelProps {
  remediation: RemediationDetail
  /** The last day on which it is in time. */
  dueOn: string
}

/** How far the remediation has come, who sees to it and by when, and what can be changed about that. */
export function WorkPanel({ remediation, dueOn }: WorkPanelProps) {
  const { id, version, state, dueAt, overdue, verifiedAt, team, assignee, risk, bindingState, can } = remediation
  const router = useRouter()
  const [form, setForm] = useState<'assign' | 'due' | 'cancel' | null>(null)
  const close = () => setForm(null)
  const small = { variant: 'default', size: 'compact-sm' } as const

  function done(message: string) {
    notifications.show({ message })
    router.refresh()
  }
  async function giveUp(reason: string) {
    await api('remediations.cancel', { id, version, reason })
    done('The remediation is cancelled.')
  }

  return (
    <Panel title="Work">
      <div className={classes.work}>
        <Facts
          facts={[
            { label: 'State', value: <RemediationStateBadge state={state} /> },
            verifiedAt
              ? { label: 'Verified', value: <RelativeTime at={verifiedAt} /> }
              : {
                  label: 'Due',
                  value: (
                    <>
                      {isUnfinished(state) && <Due gap={{ dueAt, overdue }} />} <Quiet>{dueOn}</Quiet>
                    </>
                  ),
                },
            {
              label: 'Team',
              value: team ? <TextLink href={urls.team(team.slug)}>{team.name}</TextLink> : <Quiet>None</Quiet>,
            },
            {
              label: 'Assignee',
              value: assignee ? <PersonLink id={assignee.id} name={assignee.name} /> : <Quiet>Nobody</Quiet>,
            },
            { label: 'Risk', value: <RiskBadge risk={risk} /> },
            {
              label: 'Binding',
              value: bindingState ? <BindingStateBadge state={bindingState} /> : <Quiet>Gone</Quiet>,
            },
          ]}
        />
        {isUnfinished(state) && (
          <div className={classes.buttons}>
            <DisabledReason can={can.assign} {...small} onClick={() => setForm('assign')}>
              Assign
            </DisabledReason>
            <DisabledReason can={can.setDue} {...small} onClick={() => setForm('due')}>
              Move due date
            </DisabledReason>
            <DisabledReason can={can.cancel} {...small} onClick={() => setForm('cancel')}>
              Give up
            </DisabledReason>
          </div>
        )}
      </div>
      {form === 'assign' && <AssignForm remediation={remediation} onClose={close} onDone={done} />}
      {form === 'due' && <DueForm remediation={remediation} dueOn={dueOn} onClose={close} onDone={done} />}
      <ReasonModal
        opened={form === 'cancel'}
        onClose={close}
        title="Give this remediation up"
        confirmLabel="Give up"
        dangerous
        onConfirm={giveUp}
      >
        Nothing verifies any more that the access is gone where it is granted. The binding stays revoked.
      </ReasonModal>
    </Panel>
  )
}
