'use client'

import { Button, Checkbox, Group, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { Panel } from '@/components/panel'
import { useAttempt } from '@/components/use-attempt'
import { bundleDatasets } from '@/lib/evidence/names'
import { urls } from '@/lib/urls'
import classes from './evidence.module.css'
import { type BundleForm, datasetTitles, emptyForm, inputOf } from './form'

/** Asks for a bundle, and saves it once it is pinned to a checkpoint. */
export function NewBundle() {
  const router = useRouter()
  const [form, setForm] = useState<BundleForm>(emptyForm)
  const { pending, problem, run } = useAttempt(
    async () => {
      const { id } = await api('bundles.make', inputOf(form))
      window.location.assign(urls.bundleFile(id))
    },
    () => router.refresh(),
  )
  const set = (change: Partial<BundleForm>) => setForm({ ...form, ...change })
  return (
    <Panel title="New bundle">
      <form
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <Checkbox.Group
          label="Datasets"
          description="All rows of each, unless a filter narrows them"
          value={form.datasets}
          onChange={(datasets) => set({ datasets })}
        >
          <Group gap="md" mt={6}>
            {bundleDatasets.map((name) => (
              <Checkbox key={name} value={name} label={datasetTitles[name]} />
            ))}
          </Group>
        </Checkbox.Group>
        <div className={classes.pair}>
          <TextInput
            type="datetime-local"
            step={1}
            label="As of"
            description="In UTC: the state recorded last at or before it; the newest when empty"
            value={form.asOf}
            onChange={(event) => set({ asOf: event.currentTarget.value })}
          />
          <TagsInput
            size="xs"
            label="Filter"
            description="Such as team=iam, which each chosen dataset has to know"
            placeholder={form.filter.length === 0 ? 'All rows' : ''}
            value={form.filter}
            onChange={(filter) => set({ filter })}
          />
        </div>
        <div className={classes.pair}>
          <TextInput
            type="datetime-local"
            step={1}
            label="All events from"
            description="In UTC, besides those that the rows rest on"
            value={form.from}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            step={1}
            label="Until before"
            description="Both or neither"
            value={form.to}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label="Earlier checkpoint"
          description="One that the auditor kept, or its size: the bundle then proves that the log only grew since"
          rows={2}
          autosize
          maxRows={8}
          spellCheck={false}
          value={form.earlier}
          onChange={(event) => set({ earlier: event.currentTarget.value })}
        />
        <Group gap="sm">
          <Button type="submit" loading={pending} leftSection={<IconDownload size={14} aria-hidden />}>
            Make and save
          </Button>
          {problem && (
            <Text role="alert" size="sm" c="red">
              {problem}
            </Text>
          )}
        </Group>
      </form>
    </Panel>
  )
}
