'use client'

import { Button, Group, SegmentedControl, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '@/components/api'
import { LinkButton } from '@/components/links'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { type Limits, limitsSchema } from '@/lib/contracts/model'
import { urls } from '@/lib/urls'
import { CheckedPanel } from './checked-panel'
import classes from './editor.module.css'
import { LimitsFields } from './limits-fields'
import { RawView } from './raw-view'
import { useChecked } from './use-checked'
import { type ContractValues, documentOf, problemsByField, textOf, valuesOf } from './values'
import { VectorsField } from './vectors-field'

interface ContractEditorProps {
  tool: { slug: string; name: string }
  /** The draft that is edited; absent for a new one. */
  draft?: { version: number; revision: number; digest: string }
  limits: Limits
  author: { slug: string; name: string } | null
  note: string
}

type View = 'form' | 'raw'

/** The document as text becomes one, or null when it is none. */
function limitsIn(text: string): Limits | null {
  try {
    return limitsSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Writes a draft of a contract, field by field or as JSON. Both views are the same document; switching keeps what was typed. */
export function ContractEditor({ tool, draft, limits, author, note }: ContractEditorProps) {
  const router = useRouter()
  const initial = useMemo<ContractValues>(
    () => ({ author: author?.slug ?? null, note, ...valuesOf(limits) }),
    [author, note, limits],
  )
  const form = useForm<ContractValues>({
    initialValues: initial,
    validate: { author: (value) => (value ? null : 'Say which team writes it') },
  })
  const [view, setView] = useState<View>('form')
  const [raw, setRaw] = useState('')
  const [blocked, setBlocked] = useState(false)
  const text = view === 'raw' ? raw : textOf(form.values)
  const { checked, pending, failed } = useChecked(text)
  const problems = problemsByField(checked?.errors ?? [])

  async function save(values: ContractValues) {
    const document = view === 'raw' ? limitsIn(raw) : documentOf(values)
    if (!document) throw new Error('The document is no contract yet; the lines that are wrong are named beside it.')
    const content = { author: values.author ?? '', note: values.note.trim(), limits: document }
    const saved = draft
      ? await api('contracts.update', { tool: tool.slug, version: draft.version, revision: draft.revision, ...content })
      : await api('contracts.create', { tool: tool.slug, ...content })
    router.push(urls.contract(tool.slug, saved.version))
    router.refresh()
  }
  const saving = useSave({ form, initial, save, onSaved: () => undefined })

  function show(next: View) {
    if (next === 'raw') setRaw(textOf(form.values))
    else {
      const document = limitsIn(raw)
      setBlocked(document === null)
      if (!document) return
      form.setValues({ ...form.values, ...valuesOf(document) })
    }
    setBlocked(false)
    setView(next)
  }

  return (
    <form onSubmit={saving.onSubmit} noValidate className={classes.editor}>
      <div className={classes.main}>
        <Panel title="This version">
          <div className={classes.fields}>
            <ReferenceSelect
              kind="team"
              label="Author"
              description="The team whose policy it is; security signs it off"
              required
              known={author && { value: author.slug, label: author.name }}
              {...form.getInputProps('author')}
            />
            <Textarea
              label="Note"
              description="What this version is for"
              autosize
              minRows={1}
              maxRows={5}
              {...form.getInputProps('note')}
            />
          </div>
        </Panel>
        <Panel
          title="Document"
          aside={
            <SegmentedControl
              size="xs"
              aria-label="View of the document"
              value={view}
              onChange={(next) => show(next === 'raw' ? 'raw' : 'form')}
              data={[
                { value: 'form', label: 'Form' },
                { value: 'raw', label: 'JSON' },
              ]}
            />
          }
        >
          {view === 'form' ? (
            <div className={classes.fields}>
              <LimitsFields form={form} problems={problems} />
              <VectorsField
                vectors={form.values.vectors}
                problems={problems}
                onChange={(vectors) => form.setFieldValue('vectors', vectors)}
              />
            </div>
          ) : (
            <RawView
              text={raw}
              onChange={setRaw}
              problems={checked?.errors ?? []}
              blocked={blocked && !limitsIn(raw)}
            />
          )}
        </Panel>
      </div>
      <aside className={classes.side} aria-label="Check and save">
        <CheckedPanel checked={checked} pending={pending} failed={failed} saved={draft?.digest ?? null} />
        <Problem text={saving.problem} />
        <Group gap="xs" justify="flex-end">
          {saving.stale && (
            <Button variant="default" onClick={() => router.refresh()}>
              Reload, keeping what I typed
            </Button>
          )}
          <LinkButton
            href={draft ? urls.contract(tool.slug, draft.version) : urls.contracts({ tool: tool.slug })}
            variant="default"
          >
            Cancel
          </LinkButton>
          <Button type="submit" loading={saving.pending}>
            Save draft
          </Button>
        </Group>
      </aside>
    </form>
  )
}
