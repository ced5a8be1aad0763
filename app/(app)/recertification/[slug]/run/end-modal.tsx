'use client'

import { Loader } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { campaignStateTitles } from '@/components/recertification/campaign-words'
import type { EndingAct, EndPreview } from '@/lib/recertification/stages/model'
import { ActModal, ReasonField } from './act-modal'
import { Fates } from './fates'
import classes from './run.module.css'

interface EndModalProps {
  slug: string
  version: number
  act: EndingAct
  onClose: () => void
}

const texts = {
  end_stage: { title: 'End the stage now?', confirm: 'End the stage', done: 'The stage is over.' },
  close: { title: 'Close the campaign?', confirm: 'Close it', done: 'It is being closed.' },
  stop: { title: 'Stop the campaign?', confirm: 'Stop it', done: 'The campaign is stopped.' },
} as const satisfies Record<EndingAct, { title: string; confirm: string; done: string }>

async function end(act: EndingAct, { slug, version }: { slug: string; version: number }, reason: string) {
  const given = { slug, version, ...(reason && { reason }) }
  if (act === 'stop') await api('campaigns.stop', { slug, version, reason })
  else await api(act === 'close' ? 'campaigns.close' : 'campaigns.endStage', given)
}

/** Ends a stage or the campaign, after it has shown exactly what that changes. */
export function EndModal({ slug, version, act, onClose }: EndModalProps) {
  const [preview, setPreview] = useState<EndPreview | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { title, confirm, done } = texts[act]

  useEffect(() => {
    let current = true
    api('campaigns.endPreview', { slug, act })
      .then((found) => current && setPreview(found))
      .catch((error: unknown) => {
        if (current) setProblem(error instanceof Error ? error.message : 'What it changes could not be found out.')
      })
    return () => {
      current = false
    }
  }, [slug, act])

  return (
    <ActModal
      title={title}
      initial={{ reason: '' }}
      required={act === 'stop' ? { reason: 'Say why' } : {}}
      confirmLabel={confirm}
      dangerous={act === 'stop'}
      can={problem ?? (preview === null ? true : preview.can)}
      onClose={onClose}
      act={async ({ reason }) => {
        await end(act, { slug, version }, reason.trim())
        notifications.show({ message: done })
      }}
    >
      {(form) => (
        <>
          {preview ? <What preview={preview} /> : problem === null && <Loader size={18} aria-label="Finding out" />}
          <ReasonField required={act === 'stop'} {...form.getInputProps('reason')} />
        </>
      )}
    </ActModal>
  )
}

function What({ preview: { changes, fates, leadsTo, challengeUntil } }: { preview: EndPreview }) {
  return (
    <div className={classes.what}>
      <ul className={classes.changes}>
        {changes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Fates fates={fates} />
      <p className={classes.quiet}>
        {leadsTo === 'running'
          ? 'The campaign goes on with its next stage.'
          : `The campaign is then: ${campaignStateTitles[leadsTo].toLowerCase()}.`}
        {challengeUntil && ` Those affected may contest revocations until ${challengeUntil}.`}
      </p>
    </div>
  )
}
