'use client'

import { Textarea, TextInput } from '@mantine/core'
import { Panel } from '@/components/panel'
import type { Option } from '@/components/registry/reference-select'
import { ReferenceSelect } from '@/components/registry/reference-select'
import type { CampaignForm } from './use-campaign-form'
import classes from './wizard.module.css'

interface WordsFieldsProps {
  form: CampaignForm
  /** What is named: "campaign" or "template". */
  thing: string
  owner: Option | null
}

/** What it is called, and what people read in it. */
export function WordsFields({ form, thing, owner }: WordsFieldsProps) {
  return (
    <Panel title="Name and words">
      <div className={classes.fields}>
        <div className={classes.pair}>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <ReferenceSelect
            kind="person"
            label={`Owner of the ${thing === 'template' ? 'campaigns' : 'campaign'}`}
            placeholder="You"
            clearable
            known={owner}
            {...form.getInputProps('owner')}
          />
        </div>
        <Textarea
          label="Description"
          description="For those who run it"
          autosize
          minRows={1}
          maxRows={6}
          {...form.getInputProps('description')}
        />
        <Textarea
          label="Instructions"
          description="What reviewers read above their items"
          autosize
          minRows={2}
          maxRows={12}
          {...form.getInputProps('instructions')}
        />
        <Textarea
          label="Attestation"
          description="What the owner of the campaign signs at its end"
          autosize
          minRows={2}
          maxRows={12}
          {...form.getInputProps('attestation')}
        />
      </div>
    </Panel>
  )
}
