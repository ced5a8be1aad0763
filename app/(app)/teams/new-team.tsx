'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { TeamForm } from './team-form'
import { fieldsOf, noTeam, type TeamValues } from './team-values'

/** Registers a team and goes to its page. */
export function NewTeam({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function save(values: TeamValues) {
    const { function: teamFunction, ...fields } = fieldsOf(values)
    if (!teamFunction) return
    const slug = values.slug.trim()
    const reason = values.reason.trim()
    const saved = await api('teams.create', {
      ...fields,
      function: teamFunction,
      ...(slug && { slug }),
      ...(reason && { reason }),
    })
    router.push(urls.team(saved.slug))
  }

  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        New team
      </DisabledReason>
      <TeamForm
        opened={opened}
        onClose={() => setOpened(false)}
        title="New team"
        submitLabel="Register team"
        initial={noTeam}
        isNew
        contactOnly={null}
        membersClosed={null}
        save={save}
        onSaved={() => setOpened(false)}
      />
    </>
  )
}
