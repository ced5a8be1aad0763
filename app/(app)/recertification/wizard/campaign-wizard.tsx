'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import type { Option } from '@/components/registry/reference-select'
import { type Definition, definitionSchema } from '@/lib/recertification/model'
import { urls } from '@/lib/urls'
import { ScheduleModal, TemplateModal } from './later-modals'
import { PreviewPanel } from './preview-panel'
import { RulesFields } from './rules-fields'
import { ScopeFields } from './scope-fields'
import { StagesFields } from './stages-fields'
import { useCampaignForm } from './use-campaign-form'
import { usePreview } from './use-preview'
import { type SavedDraft, useSaving } from './use-saving'
import { type CampaignValues, definitionFrom } from './values'
import classes from './wizard.module.css'
import { WordsFields } from './words-fields'

interface CampaignWizardProps {
  initial: CampaignValues
  /** The campaign that is edited; null for a new one. */
  draft: SavedDraft | null
  /** The template that a new one is made from. */
  template: string | null
  owner: Option | null
  /** What it names one by one, which the form does not show. */
  only: Definition['only']
  teams: readonly { value: string; label: string }[]
  environments: readonly string[]
  /** The first day on which it could start by itself. */
  tomorrow: string
  can: Record<'save' | 'start' | 'schedule' | 'template', true | string>
}

/** Everything about a campaign before it runs, in one form with a preview beside it. */
export function CampaignWizard({
  initial,
  draft,
  template,
  owner,
  only,
  teams,
  environments,
  tomorrow,
  can,
}: CampaignWizardProps) {
  const router = useRouter()
  const { form, attempt, pending, problem, stale } = useCampaignForm(initial, only)
  const preview = usePreview(form.values, only, draft?.slug ?? null)
  const loaded = definitionSchema.safeParse(definitionFrom(initial, only)).data
  const save = useSaving(
    draft,
    template,
    initial.owner,
    draft && loaded ? { values: initial, definition: loaded, schedule: null } : null,
  )
  const [asking, setAsking] = useState<'start' | 'schedule' | 'template' | null>(null)

  const show = (slug: string) => {
    router.push(urls.campaign(slug))
    router.refresh()
  }
  const saveDraft = () =>
    attempt('save', async (typed) => {
      const { slug } = await save(typed)
      notifications.show({ message: 'Saved.' })
      show(slug)
    })
  /** Throws what is wrong, so that the dialog that asked stays and shows it. */
  const start = async () => {
    const wrong = await attempt('start', async (typed) => {
      const { slug } = await save(typed)
      await api('campaigns.start', { slug })
      show(slug)
    })
    if (wrong !== null) throw new Error(wrong)
  }
  const schedule = (startsOn: string) =>
    attempt('schedule', async (typed) => {
      const { slug } = await save(typed)
      await api('campaigns.schedule', { slug, startsOn })
      show(slug)
      setAsking(null)
    })
  const saveTemplate = () =>
    attempt('template', async ({ values, definition, schedule: when }) => {
      const { only: _only, ...general } = definition
      const { slug } = await api('campaignTemplates.create', {
        name: values.name.trim(),
        description: values.description.trim(),
        definition: general,
        schedule: when,
        enabled: values.enabled,
        ...(values.owner !== null && { owner: values.owner }),
      })
      setAsking(null)
      notifications.show({ message: 'The template is there.' })
      router.push(urls.campaignTemplate(slug))
    })
  /** Asks only about what is in order. */
  const ask = (next: typeof asking) => attempt('check', async () => setAsking(next))

  const items = preview.preview?.items ?? 0
  const people = preview.preview?.reviewers.total ?? 0
  const modal = { form, problem, pending: pending !== null, onClose: () => setAsking(null) }
  return (
    <form
      className={classes.wizard}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void saveDraft()
      }}
    >
      <div className={classes.main}>
        <ScopeFields form={form} teams={teams} environments={environments} named={only?.length ?? 0} />
        <StagesFields form={form} />
        <RulesFields form={form} />
        <WordsFields form={form} thing="campaign" owner={owner} />
      </div>
      <aside className={classes.side} aria-label="Preview and start">
        <PreviewPanel kind={form.values.kind} {...preview} />
        <Problem text={asking === null ? problem : null} />
        {stale && (
          <Button variant="default" onClick={() => router.refresh()}>
            Reload, keeping what I typed
          </Button>
        )}
        <div className={classes.actions}>
          <DisabledReason can={can.start} loading={pending === 'start'} onClick={() => ask('start')}>
            Start now
          </DisabledReason>
          <DisabledReason can={can.schedule} variant="default" onClick={() => ask('schedule')}>
            Schedule
          </DisabledReason>
          <DisabledReason can={can.save} variant="default" type="submit" loading={pending === 'save'}>
            {draft ? 'Save' : 'Save draft'}
          </DisabledReason>
          <DisabledReason can={can.template} variant="subtle" onClick={() => ask('template')}>
            Save as template
          </DisabledReason>
        </div>
      </aside>
      <ConfirmModal
        opened={asking === 'start'}
        onClose={() => setAsking(null)}
        title="Start now?"
        confirmLabel="Start now"
        onConfirm={start}
      >
        {`${people.toLocaleString('en')} ${people === 1 ? 'person is' : 'people are'} asked about ${items.toLocaleString('en')} ${items === 1 ? 'item' : 'items'}, as they are at this moment. What it asks and whom can no longer be changed then.`}
      </ConfirmModal>
      {asking === 'schedule' && <ScheduleModal {...modal} proposed={tomorrow} onSchedule={schedule} />}
      {asking === 'template' && <TemplateModal {...modal} onSave={saveTemplate} />}
    </form>
  )
}
