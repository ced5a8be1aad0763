'use client'

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { ScrollFrame } from '@/components/scroll-frame'
import { useAttempt } from '@/components/use-attempt'
import type { WitnessView } from '@/lib/transparency/model'
import classes from './log.module.css'

/** Those who keep checkpoints elsewhere. */
export function Witnesses({ witnesses, add }: { witnesses: WitnessView[]; add: true | string }) {
  const [adding, setAdding] = useState(false)
  return (
    <Panel
      title="Witnesses"
      flush
      aside={
        <DisabledReason size="xs" variant="default" can={add} onClick={() => setAdding(true)}>
          Add witness
        </DisabledReason>
      }
    >
      {witnesses.length === 0 ? (
        <Text size="sm" p="sm" c="dimmed">
          Nobody else keeps checkpoints yet. Name somebody outside of whoever runs this database: only they notice when
          the whole log, its keys included, is replaced.
        </Text>
      ) : (
        <ScrollFrame label="Witnesses" className={classes.states}>
          <table>
            <thead>
              <tr>
                <th scope="col">Witness</th>
                <th scope="col">Told by</th>
                <th scope="col" data-number>
                  Told of
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {witnesses.map((witness) => (
                <WitnessRow key={witness.id} witness={witness} can={add} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      <AddWitness opened={adding} onClose={() => setAdding(false)} />
    </Panel>
  )
}

function WitnessRow({ witness, can }: { witness: WitnessView; can: true | string }) {
  const { id, name, webhook, email, toldSize, problem } = witness
  const [removing, setRemoving] = useState(false)
  const router = useRouter()
  return (
    <tr>
      <td>
        {name}
        {problem && (
          <Text size="xs" c="var(--p-critical)">
            {problem}
          </Text>
        )}
      </td>
      <td>{[webhook, email].filter(Boolean).join(', ') || 'fetches by itself'}</td>
      <td data-number>{toldSize > 0 ? toldSize.toLocaleString('en') : '–'}</td>
      <td>
        <DisabledReason
          size="compact-xs"
          variant="default"
          can={can}
          aria-label={`Remove ${name}`}
          onClick={() => setRemoving(true)}
        >
          Remove
        </DisabledReason>
        <ConfirmModal
          opened={removing}
          onClose={() => setRemoving(false)}
          title={`Remove ${name}`}
          confirmLabel="Remove"
          dangerous
          onConfirm={async () => {
            await api('log.removeWitness', { id })
            router.refresh()
          }}
        >
          It is told of no more checkpoints, and its cosignatures are refused. Those it gave stay.
        </ConfirmModal>
      </td>
    </tr>
  )
}

function AddWitness({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const router = useRouter()
  const [verifierKey, setVerifierKey] = useState('')
  const [webhook, setWebhook] = useState('')
  const [email, setEmail] = useState('')
  const adding = useAttempt(
    async () => {
      await api('log.addWitness', { verifierKey, ...(webhook && { webhook }), ...(email && { email }) })
    },
    () => {
      notifications.show({ message: 'The witness is added.' })
      onClose()
      router.refresh()
    },
  )
  return (
    <Modal opened={opened} onClose={onClose} title="Add witness">
      <Stack gap="sm">
        <TextInput
          label="Public key"
          description="As the witness publishes it: name+keyid+base64"
          required
          value={verifierKey}
          onChange={(event) => setVerifierKey(event.currentTarget.value)}
        />
        <TextInput
          label="Webhook"
          description="Each new checkpoint is posted there"
          value={webhook}
          onChange={(event) => setWebhook(event.currentTarget.value)}
        />
        <TextInput
          label="Email"
          description="Each new checkpoint is mailed there"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Problem text={adding.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={adding.pending} disabled={verifierKey.trim() === ''} onClick={() => adding.run()}>
            Add
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
