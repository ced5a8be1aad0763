'use client'

import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { layerOf } from '@/lib/layers'
import type { AssignmentView } from '@/lib/ownership/model'
import { api } from './api'
import classes from './handshake.module.css'
import { ReasonModal } from './reason-modal'
import { useAttempt } from './use-attempt'

interface HandshakeProps {
  /** With its `version`, an answer to something that was answered meanwhile is refused as stale. */
  assignment: Pick<AssignmentView, 'id' | 'layer' | 'subject' | 'team' | 'state'> & { version?: number }
  /** Slugs of the teams that the signed-in person leads (`me.get`). */
  leadOf: readonly string[]
}

/** "Identity of Support bot": what the team is asked to take on. */
function askedFor({ layer, subject }: HandshakeProps['assignment']): string {
  return `${layerOf(layer).title} of ${subject?.name ?? 'the whole organisation'}`
}

/**
 * The other half of naming an owner: the lead of the named team accepts, or declines and says why. Everybody else reads
 * whose answer is awaited; an assignment that is answered shows nothing.
 */
export function Handshake({ assignment, leadOf }: HandshakeProps) {
  const router = useRouter()
  const [declining, setDeclining] = useState(false)
  const { id, version, team } = assignment
  const seen = { id, ...(version !== undefined && { version }) }
  const what = askedFor(assignment)
  const accept = useAttempt(
    async () => {
      await api('assignments.accept', seen)
      notifications.show({ message: `${team.name} owns ${what} from now on.` })
    },
    () => router.refresh(),
  )
  if (assignment.state !== 'proposed') return null
  if (!leadOf.includes(team.slug)) return <span className={classes.waiting}>Waiting for a lead of {team.name}</span>

  async function decline(reason: string) {
    await api('assignments.decline', { ...seen, reason })
    notifications.show({ message: `${team.name} has declined ${what}.` })
    router.refresh()
  }

  return (
    <Group gap={6} component="fieldset" className={classes.handshake} aria-label={`Answer for ${what}`}>
      <Button
        size="compact-xs"
        leftSection={<IconCheck size={13} aria-hidden />}
        loading={accept.pending}
        onClick={() => accept.run()}
      >
        Accept
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconX size={13} aria-hidden />}
        onClick={() => setDeclining(true)}
      >
        Decline
      </Button>
      {accept.problem && (
        <span role="alert" className={classes.problem}>
          {accept.problem}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => router.refresh()}>
            Reload
          </Button>
        </span>
      )}
      <ReasonModal
        opened={declining}
        onClose={() => setDeclining(false)}
        title={`Decline ${what}`}
        confirmLabel="Decline"
        onConfirm={decline}
      >
        {team.name} will not own it, and whoever named the team reads your reason. Nobody owns it then, unless a wider
        assignment does.
      </ReasonModal>
    </Group>
  )
}
