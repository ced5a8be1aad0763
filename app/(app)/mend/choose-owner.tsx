'use client'

import { Button, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { likelyForAll } from '@/components/assign/likely'
import { SuggestedOwners } from '@/components/assign/suggested-owners'
import { FormFoot } from '@/components/form-foot'
import { type Option, ReferenceSelect } from '@/components/registry/reference-select'
import type { Mendable } from '@/lib/ownership/suggest/model'
import { type Choice, plural } from './groups'

interface ChooseOwnerProps {
  rows: readonly Mendable[]
  onClose: () => void
  onChoose: (choice: Choice) => void
}

/** Chooses another owner for one layer or many; nothing is named yet. */
export function ChooseOwner({ rows, onClose, onChoose }: ChooseOwnerProps) {
  const likely = likelyForAll(rows.map(({ suggestions }) => suggestions))
  const [team, setTeam] = useState<Option | null>(null)
  const [person, setPerson] = useState<Option | null>(null)
  const [missing, setMissing] = useState(false)
  const [first] = rows
  const title =
    rows.length === 1 && first
      ? `Owner of ${first.at.layer} of ${first.at.name}`
      : `Owner of ${plural(rows.length, 'layer', 'layers')}`

  function choose() {
    if (!team) return setMissing(true)
    onChoose({
      team: { slug: team.value, name: team.label },
      person: person && { externalId: person.value, name: person.label },
      reason: likely.find((owner) => owner.team.slug === team.value)?.reason ?? null,
    })
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="md">
        <SuggestedOwners
          owners={likely}
          chosen={team?.value ?? null}
          onChoose={(owner) => {
            setTeam({ value: owner.team.slug, label: owner.team.name })
            setPerson(owner.person && { value: owner.person.externalId, label: owner.person.name })
            setMissing(false)
          }}
        />
        <ReferenceSelect
          kind="team"
          label="Team"
          required
          selectFirstOptionOnChange
          openOnFocus={false}
          data-autofocus
          placeholder="Who answers for it"
          value={team?.value ?? null}
          known={team}
          error={missing && team === null ? 'Choose the team that answers for it' : undefined}
          onChange={(value, label) => setTeam(value === null ? null : { value, label: label ?? value })}
        />
        <ReferenceSelect
          kind="person"
          label="Accountable person"
          description="Optional"
          clearable
          value={person?.value ?? null}
          known={person}
          onChange={(value, label) => setPerson(value === null ? null : { value, label: label ?? value })}
        />
        <FormFoot onCancel={onClose}>
          <Button onClick={choose}>Choose</Button>
        </FormFoot>
      </Stack>
    </Modal>
  )
}
