'use client'

import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { Quiet } from '@/components/registry/quiet'
import { useSave } from '@/components/registry/use-save'
import {
  evidenceDaySchema,
  evidenceLinkSchema,
  evidenceTextSchema,
  type RemediationDetail,
} from '@/lib/recertification/remediation/model'
import { fits, fitsOrEmpty } from '../../field-rules'
import classes from '../../gaps/gaps.module.css'

const empty = { text: '', link: '', aboutAt: '' }

/** Where somebody says what shows that the access is gone, and which day that is about. */
export function EvidencePanel({ remediation: { id, version, can } }: { remediation: RemediationDetail }) {
  const router = useRouter()
  const form = useForm({
    initialValues: empty,
    validate: {
      text: fits(evidenceTextSchema),
      link: fitsOrEmpty(evidenceLinkSchema),
      aboutAt: fits(evidenceDaySchema),
    },
  })
  const { onSubmit, pending, problem, stale } = useSave({
    form,
    initial: empty,
    async save({ text, link, aboutAt }) {
      const address = link.trim()
      await api('remediations.evidence', { id, version, text: text.trim(), aboutAt, ...(address && { link: address }) })
    },
    onSaved() {
      form.reset()
      notifications.show({ message: 'The evidence is kept. The next import or decision log verifies it.' })
      router.refresh()
    },
  })
  if (can.evidence !== true) {
    return (
      <Panel title="Evidence that it is gone">
        <Quiet>{can.evidence}</Quiet>
      </Panel>
    )
  }
  return (
    <Panel title="Evidence that it is gone">
      <form onSubmit={onSubmit} noValidate className={classes.work}>
        <Textarea label="What shows it" autosize minRows={2} maxRows={8} required {...form.getInputProps('text')} />
        <TextInput label="Link" description="A ticket or a log, if there is one" {...form.getInputProps('link')} />
        <TextInput
          label="Day it is about"
          description="Not the day it is handed in, which is noted by itself"
          type="date"
          required
          {...form.getInputProps('aboutAt')}
        />
        <Problem text={problem} />
        <div className={classes.buttons}>
          <Button type="submit" size="compact-sm" loading={pending}>
            Hand in evidence
          </Button>
          {stale && (
            <Button variant="default" size="compact-sm" onClick={() => router.refresh()}>
              Reload, keeping what I typed
            </Button>
          )}
        </div>
      </form>
    </Panel>
  )
}
