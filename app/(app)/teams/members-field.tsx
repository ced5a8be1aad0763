'use client'

import { ActionIcon, Input, SegmentedControl, Stack } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { membershipRoles } from '@/lib/registry/model'
import type { MemberValue } from './team-values'
import classes from './teams.module.css'

interface MembersFieldProps {
  members: readonly MemberValue[]
  error: ReactNode
  /** Why the members cannot be changed here, or null. */
  closed: string | null
  onChange: (members: MemberValue[]) => void
}

const roleTitles = { lead: 'Lead', member: 'Member' } as const

/** Who belongs to a team, and who leads it. */
export function MembersField({ members, error, closed, onChange }: MembersFieldProps) {
  const change = (person: string, role: MemberValue['role']) =>
    onChange(members.map((member) => (member.person === person ? { ...member, role } : member)))
  return (
    <Input.Wrapper
      label="Members"
      size="xs"
      labelElement="div"
      description={closed ?? 'A lead accepts or declines ownership for the team'}
      error={error}
    >
      <Stack gap={6} mt={6}>
        {members.length > 0 && (
          <ul className={classes.members} aria-label="Members">
            {members.map(({ person, name, role }) => (
              <li key={person}>
                <span className={classes.memberName} title={name}>
                  {name}
                </span>
                <SegmentedControl
                  size="xs"
                  aria-label={`Role of ${name}`}
                  disabled={closed !== null}
                  data={membershipRoles.map((value) => ({ value, label: roleTitles[value] }))}
                  value={role}
                  onChange={(value) => change(person, value)}
                />
                <ActionIcon
                  size="sm"
                  aria-label={`Remove ${name}`}
                  disabled={closed !== null}
                  onClick={() => onChange(members.filter((member) => member.person !== person))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        {closed === null && (
          <ReferenceSelect
            // A new field after each person that was added, so that it is empty again.
            key={members.length}
            kind="person"
            aria-label="Add a member"
            placeholder="Add a member by name"
            value={null}
            onChange={(person, name) => {
              if (person === null || members.some((member) => member.person === person)) return
              onChange([...members, { person, name: name ?? person, role: members.length === 0 ? 'lead' : 'member' }])
            }}
          />
        )}
      </Stack>
    </Input.Wrapper>
  )
}
