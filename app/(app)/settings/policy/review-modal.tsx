'use client'

import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { SeverityBadge } from '@/components/badges'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import { ApiProblem, type OutputOf } from '@/lib/http/client'
import { reasonSchema } from '@/lib/registry/model'
import type { Policy } from '@/lib/settings/model'
import { fits } from '../../field-rules'
import { type PolicyChange, shown } from './fields'
import classes from './policy.module.css'

type Preview = OutputOf<'settings.policy.preview'>

interface ReviewModalProps {
  policy: Policy
  /** The version the editor started from. */
  version: number
  changes: readonly PolicyChange[]
  onClose: () => void
  onStale: () => void
  onSaved: (saved: OutputOf<'settings.policy.update'>) => void
}

const initial = { reason: '' }

/** What a policy would change, before it does. */
export function ReviewModal({ policy, version, changes, onClose, onStale, onSaved }: ReviewModalProps) {
  const { preview, failure } = usePreview(policy)
  const form = useForm({ initialValues: initial, validate: { reason: fits(reasonSchema) } })
  const { onSubmit, pending, problem } = useSave({
    form,
    initial,
    async save({ reason }) {
      try {
        onSaved(await api('settings.policy.update', { policy, version, reason: reason.trim() }))
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.code === 'stale') onStale()
        throw error
      }
    },
    onSaved: () => undefined,
  })
  return (
    <Modal opened onClose={onClose} title="Review the change of policy" size="lg">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <ul className={classes.changes} aria-label="Changes">
            {changes.map(({ field, group, from, to }) => (
              <li key={field.path}>
                <span>{field.meaning ? field.title : `${group}: ${field.title}`}</span>
                <span>
                  {shown(from, field)} → <b>{shown(to, field)}</b>
                </span>
              </li>
            ))}
          </ul>
          <div aria-live="polite">
            {failure ? (
              <Problem text={failure} />
            ) : preview ? (
              <Effects preview={preview} />
            ) : (
              'Working out what it changes…'
            )}
          </div>
          <Textarea
            label="Reason"
            description="Kept in the audit log with the change"
            required
            autosize
            minRows={2}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Problem text={problem} />
          <FormFoot onCancel={onClose}>
            <Button type="submit" loading={pending} disabled={preview === null}>
              Save
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}

function usePreview(policy: Policy): { preview: Preview | null; failure: string | null } {
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    api('settings.policy.preview', { policy }).then(
      (answer) => current && setPreview(answer),
      (error) => current && setFailure(error instanceof Error ? error.message : 'It could not be worked out.'),
    )
    return () => {
      current = false
    }
  }, [policy])
  return { preview, failure }
}

const gaps = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'gap' : 'gaps'}`

function Effects({ preview: { opens, closes, movesDueDates } }: { preview: Preview }) {
  return (
    <div className={classes.effects}>
      <p>
        This change opens <b>{gaps(opens.count)}</b> and closes <b>{gaps(closes.count)}</b>
        {movesDueDates > 0 && `; ${movesDueDates.toLocaleString('en')} due dates move`}.
      </p>
      <Side title="Opens" side={opens} />
      <Side title="Closes" side={closes} />
    </div>
  )
}

function Side({ title, side }: { title: string; side: Preview['opens'] }) {
  if (side.count === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {side.rules.map((rule) => (
          <li key={rule.rule}>
            <div className={classes.rule}>
              <b>{rule.count.toLocaleString('en')}</b> {rule.title} <code>{rule.rule}</code>
            </div>
            <ul>
              {rule.samples.map(({ severity, explanation }) => (
                <li key={explanation} className={classes.sample}>
                  <SeverityBadge severity={severity} /> <span title={explanation}>{explanation}</span>
                </li>
              ))}
            </ul>
            {rule.count > rule.samples.length && (
              <small>and {(rule.count - rule.samples.length).toLocaleString('en')} more</small>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
