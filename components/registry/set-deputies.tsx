'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type AssignmentView, deputiesMax } from '@/lib/ownership/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { ReasonModal } from '../reason-modal'
import { PeopleSelect } from './people-select'
import type { Option } from './reference-select'
import { mayHandOn, type Viewer } from './viewer'

interface SetDeputiesProps {
  assignment: Pick<AssignmentView, 'id' | 'name' | 'team' | 'person' | 'deputies' | 'version' | 'state'>
  viewer: Viewer
}

const optionsOf = (deputies: AssignmentView['deputies']): Option[] =>
  deputies.map(({ externalId, name }) => ({ value: externalId, label: name }))

/** Names who stands in for the accountable person of an ownership, in the order in which they are asked. */
export function SetDeputies({ assignment, viewer }: SetDeputiesProps) {
  const router = useRouter()
  const [naming, setNaming] = useState(false)
  const [chosen, setChosen] = useState<Option[]>([])
  const { id, version, state, deputies } = assignment
  if (state !== 'proposed' && state !== 'accepted') return null

  async function save(reason: string) {
    await api('assignments.setDeputies', { id, version, deputies: chosen.map(({ value }) => value), reason })
    notifications.show({ message: chosen.length === 0 ? 'Nobody stands in any more.' : 'The deputies are named.' })
    router.refresh()
  }

  function open() {
    setChosen(optionsOf(deputies))
    setNaming(true)
  }

  return (
    <>
      <DisabledReason can={mayHandOn(assignment, viewer)} size="compact-xs" variant="subtle" onClick={open}>
        Deputies
      </DisabledReason>
      {naming && (
        <ReasonModal opened onClose={() => setNaming(false)} title="Deputies" confirmLabel="Save" onConfirm={save}>
          <PeopleSelect
            label="Who stands in"
            description="Asked to take over, in this order, when the accountable person leaves"
            maxValues={deputiesMax}
            value={chosen}
            onChange={setChosen}
          />
        </ReasonModal>
      )}
    </>
  )
}
