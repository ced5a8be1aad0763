'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import type { Option } from '@/components/registry/reference-select'
import type { Definition } from '@/lib/recertification/model'
import { urls } from '@/lib/urls'
import { LaunchFields } from './launch-fields'
import { PreviewPanel } from './preview-panel'
import { RulesFields } from './rules-fields'
import { ScopeFields } from './scope-fields'
import { StagesFields } from './stages-fields'
import { useCampaignForm } from './use-campaign-form'
import { usePreview } from './use-preview'
import type { CampaignValues } from './values'
import classes from './wizard.module.css'
import { WordsFields } from './words-fields'

interface TemplateWizardProps {
  initial: CampaignValues
  /** The template that is edited; null for a new one. */
  template: { slug: string; version: number } | null
  owner: Option | null
  only: Definition['only']
  teams: readonly { value: string; label: string }[]
  environments: readonly string[]
  can: true | string
}

/** A template: all that makes its campaigns, and when they launch by themselves. */
export function TemplateWizard({ initial, template, owner, only, teams, environments, can }: TemplateWizardProps) {
  const router = useRouter()
  const { form, attempt, pending, problem, stale } = useCampaignForm(initial, only)
  const preview = usePreview(form.values, only, null)
  const save = () =>
    attempt('save', async ({ values, definition, schedule }) => {
      const content = {
        name: values.name.trim(),
        description: values.description.trim(),
        definition,
        schedule,
        enabled: values.enabled,
        ...(values.owner !== null && values.owner !== initial.owner && { owner: values.owner }),
      }
      const { slug, nextOn } = template
        ? await api('campaignTemplates.update', { ...template, ...content })
        : await api('campaignTemplates.create', content)
      notifications.show({ message: nextOn ? `Saved. It launches next on ${nextOn}.` : 'Saved.' })
      router.push(urls.campaignTemplate(slug))
      router.refresh()
    })
  return (
    <form
      className={classes.wizard}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={classes.main}>
        <Panel title="When it launches">
          <LaunchFields form={form} />
        </Panel>
        <ScopeFields form={form} teams={teams} environments={environments} named={only?.length ?? 0} />
        <StagesFields form={form} />
        <RulesFields form={form} />
        <WordsFields form={form} thing="template" owner={owner} />
      </div>
      <aside className={classes.side} aria-label="Preview and save">
        <PreviewPanel kind={form.values.kind} {...preview} />
        <Problem text={problem} />
        {stale && (
          <Button variant="default" onClick={() => router.refresh()}>
            Reload, keeping what I typed
          </Button>
        )}
        <div className={classes.actions}>
          <DisabledReason can={can} type="submit" loading={pending === 'save'}>
            Save template
          </DisabledReason>
        </div>
      </aside>
    </form>
  )
}
