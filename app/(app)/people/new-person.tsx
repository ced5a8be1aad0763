'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'
import { PersonForm } from './person-form'
import { fieldsOf, nobody, type PersonValues } from './person-values'

/** Registers a person and goes to their page. */
export function NewPerson({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function save(values: PersonValues) {
    const externalId = values.externalId.trim()
    const reason = values.reason.trim()
    const saved = await api('people.create', {
      ...fieldsOf(values),
      ...(externalId && { externalId }),
      ...(reason && { reason }),
    })
    router.push(urls.person(saved.externalId))
  }

  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        New person
      </DisabledReason>
      <PersonForm
        opened={opened}
        onClose={() => setOpened(false)}
        title="New person"
        submitLabel="Register person"
        initial={nobody}
        manager={null}
        isNew
        save={save}
        onSaved={() => setOpened(false)}
      />
    </>
  )
}
