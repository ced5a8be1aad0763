'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { LinkButton } from '@/components/links'
import { ReasonModal } from '@/components/reason-modal'
import { changedOf } from '@/components/registry/use-save'
import type { TeamDetail } from '@/lib/registry/teams/model'
import { urls } from '@/lib/urls'
import { TeamForm } from '../team-form'
import { fieldsOf, type TeamValues, valuesOf } from '../team-values'
import { dissolvingText } from './dissolving'

interface TeamActionsProps {
  team: TeamDetail
  /** `true`, or why the viewer may not edit all of it. */
  mayEdit: true | string
  /** `true`, or why the viewer may not even change the contact. */
  mayEditContact: true | string
}

/** Edit, dissolve, restore. */
export function TeamActions({ team, mayEdit, mayEditContact }: TeamActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'status' | null>(null)
  const close = () => setOpen(null)
  const { slug, version, name, members } = team
  const isActive = team.status === 'active'
  const initial = valuesOf(team)

  async function save(values: TeamValues, present: TeamValues) {
    const reason = values.reason.trim()
    const changed = changedOf(fieldsOf(present), fieldsOf(values))
    await api('teams.update', { slug, version, ...changed, ...(reason && { reason }) })
    router.refresh()
  }

  async function setStatus(reason: string) {
    await api('teams.update', { slug, version, status: isActive ? 'dissolved' : 'active', reason })
    notifications.show({ message: isActive ? `${name} is dissolved.` : `${name} is active again.` })
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={mayEdit === true ? true : mayEditContact} variant="default" onClick={() => setOpen('edit')}>
        Edit
      </DisabledReason>
      <DisabledReason can={mayEdit} variant="default" onClick={() => setOpen('status')}>
        {isActive ? 'Dissolve' : 'Restore'}
      </DisabledReason>
      {isActive && (
        <>
          <LinkButton href={urls.whatIf({ dissolveTeam: slug })} variant="default">
            What if dissolved
          </LinkButton>
          <LinkButton href={urls.whatIf({ moveFrom: slug })} variant="default">
            What if moved
          </LinkButton>
        </>
      )}
      <TeamForm
        opened={open === 'edit'}
        onClose={close}
        title={`Edit ${name}`}
        submitLabel="Save"
        initial={initial}
        isNew={false}
        contactOnly={mayEdit === true ? null : 'As lead of the team you may change its contact.'}
        membersClosed={
          members.more ? `Only the first ${members.rows.length} are shown; edit so large a team by import.` : null
        }
        save={save}
        onSaved={close}
      />
      <ReasonModal
        opened={open === 'status'}
        onClose={close}
        title={isActive ? `Dissolve ${name}` : `Restore ${name}`}
        confirmLabel={isActive ? 'Dissolve' : 'Restore'}
        dangerous={isActive}
        onConfirm={setStatus}
      >
        {isActive ? dissolvingText(team) : 'What it owns counts again as long as it has an active member.'}
      </ReasonModal>
    </>
  )
}
