'use client'

import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'
import { type Policy, policySchema } from '@/lib/settings/model'
import { fieldPath } from '@/lib/use-cases/field-path'
import { changesOf, policyGroups } from './fields'
import classes from './policy.module.css'
import { PolicyInput } from './policy-input'
import { ReviewModal } from './review-modal'

interface PolicyFormProps {
  setting: OutputOf<'settings.policy.get'>
  can: true | string
}

function problemsOf(policy: Policy): Record<string, string> {
  const parsed = policySchema.safeParse(policy)
  return parsed.success
    ? {}
    : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [fieldPath(path), message]))
}

/** The policy, value by value; saving shows first what it would do. */
export function PolicyForm({ setting, can }: PolicyFormProps) {
  const router = useRouter()
  /** What the form started from; a newer policy replaces it only when asked to. */
  const [base, setBase] = useState({ policy: setting.policy, version: setting.version })
  const [reviewing, setReviewing] = useState<Policy | null>(null)
  const form = useForm<Policy>({ initialValues: setting.policy, validate: problemsOf, validateInputOnBlur: true })
  const changes = changesOf(base.policy, form.values)

  function takeOver(next: typeof base) {
    setBase(next)
    form.setValues(next.policy)
    form.clearErrors()
  }

  return (
    <form onSubmit={form.onSubmit((values) => setReviewing(values))} noValidate className={classes.form}>
      {setting.version !== base.version && (
        <div role="alert" className={classes.stale}>
          <span>{setting.updatedBy ?? 'Somebody'} changed the policy meanwhile. What you typed is still here.</span>
          <Button variant="default" size="compact-sm" onClick={() => takeOver(setting)}>
            Load the new values
          </Button>
        </div>
      )}
      {policyGroups.map(({ title, meaning, fields }) => (
        <Panel key={title} title={title} aside={meaning} flush>
          <div className={classes.group}>
            {fields.map((field) => (
              <PolicyInput
                key={field.path}
                field={field}
                group={title}
                form={form}
                defaults={setting.defaults}
                readOnly={can !== true}
              />
            ))}
          </div>
        </Panel>
      ))}
      <div className={classes.bar}>
        <span role="status">
          {changes.length === 0
            ? 'Nothing changed'
            : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} not saved`}
        </span>
        {changes.length > 0 && (
          <Button variant="default" onClick={() => takeOver(base)}>
            Discard
          </Button>
        )}
        <DisabledReason can={can === true && changes.length === 0 ? 'Change a value first.' : can} type="submit">
          Review and save
        </DisabledReason>
      </div>
      {reviewing && (
        <ReviewModal
          policy={reviewing}
          version={base.version}
          changes={changes}
          onClose={() => setReviewing(null)}
          onStale={() => router.refresh()}
          onSaved={({ version, opened, closed }) => {
            takeOver({ policy: reviewing, version })
            setReviewing(null)
            notifications.show({ message: `Saved: ${opened} gaps opened, ${closed} closed.` })
            router.refresh()
          }}
        />
      )}
    </form>
  )
}
