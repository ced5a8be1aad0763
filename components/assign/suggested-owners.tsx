import { Text, UnstyledButton } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import type { LikelyOwner } from './likely'
import classes from './suggested-owners.module.css'

interface SuggestedOwnersProps {
  owners: readonly LikelyOwner[]
  /** Slug of the team that is chosen. */
  chosen: string | null
  onChoose: (owner: LikelyOwner) => void
}

/** Likely owners with the reason for each; one click fills them in. */
export function SuggestedOwners({ owners, chosen, onChoose }: SuggestedOwnersProps) {
  if (owners.length === 0) return null
  return (
    <fieldset className={classes.owners}>
      <legend>Likely owners</legend>
      {owners.map((owner) => (
        <UnstyledButton
          key={owner.team.slug}
          className={classes.owner}
          aria-pressed={chosen === owner.team.slug}
          onClick={() => onChoose(owner)}
        >
          <IconBulb size={14} aria-hidden />
          <span>
            <b>{owner.team.name}</b>
            {owner.person && <>, {owner.person.name}</>}
            <Text span size="xs" c="dimmed" display="block">
              {owner.reason}
            </Text>
          </span>
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
