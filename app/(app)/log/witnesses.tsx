'use client'

import { Modal, Text } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { ScrollFrame } from '@/components/scroll-frame'
import type { WitnessView } from '@/lib/transparency/model'
import classes from './log.module.css'
import { WitnessForm } from './witness-form'

/** Those who keep checkpoints elsewhere. */
export function Witnesses({ witnesses, add }: { witnesses: WitnessView[]; add: true | string }) {
  const [adding, setAdding] = useState(false)
  const router = useRouter()
  const close = () => setAdding(false)

  function added() {
    close()
    router.refresh()
  }

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
      <Modal opened={adding} onClose={close} title="Add witness" size={560}>
        <WitnessForm onAdded={added} onCancel={close} />
      </Modal>
    </Panel>
  )
}

function WitnessRow({ witness, can }: { witness: WitnessView; can: true | string }) {
  const { id, name, verifierKey, toldSize, problem } = witness
  const [removing, setRemoving] = useState(false)
  const router = useRouter()
  return (
    <tr>
      <td>
        {name}
        <Text size="xs" c="dimmed">
          {verifierKey ? 'cosigns' : 'keeps copies'}
        </Text>
        {problem && (
          <Text size="xs" c="var(--p-critical)">
            {problem}
          </Text>
        )}
      </td>
      <td>
        <Ways witness={witness} />
      </td>
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
          It is told of no more checkpoints, and its cosignatures are refused. What it has and what it signed stays.
        </ConfirmModal>
      </td>
    </tr>
  )
}

/** How checkpoints reach a witness. */
function Ways({ witness: { webhook, email, repository, branch } }: { witness: WitnessView }) {
  if (!(webhook || email || repository)) return 'fetches by itself'
  return (
    <>
      {webhook && <div className={classes.way}>{webhook}</div>}
      {email && <div className={classes.way}>{email}</div>}
      {repository && (
        <div className={classes.way}>
          {repository} <span className={classes.branch}>on {branch}</span>
        </div>
      )}
    </>
  )
}
