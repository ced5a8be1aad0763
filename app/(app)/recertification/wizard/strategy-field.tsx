'use client'

import { Select } from '@mantine/core'
import { strategyTitles } from '@/components/recertification/campaign-words'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { layers } from '@/lib/layers'
import type { CampaignForm } from './use-campaign-form'
import type { StrategyValues } from './values'
import classes from './wizard.module.css'

const choices = Object.entries(strategyTitles).map(([value, label]) => ({ value, label }))
const layerChoices = layers.map(({ id, title }) => ({ value: id, label: title }))
const askAboutLayer: readonly string[] = ['layer_lead', 'accountable', 'manager']

interface StrategyFieldProps {
  form: CampaignForm
  /** Where it stands in the form, such as `stages.0.reviewers`. */
  path: string
  value: StrategyValues
  label: string
  description?: string
}

/** Chooses who is asked: how they are found for each item, or who they are. */
export function StrategyField({ form, path, value, label, description }: StrategyFieldProps) {
  const isAccess = form.values.kind === 'access'
  return (
    <div className={classes.strategy}>
      <Select
        label={label}
        description={description}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps(`${path}.by`)}
      />
      {value.by === 'team' && (
        <ReferenceSelect kind="team" label="Team" required {...form.getInputProps(`${path}.team`)} />
      )}
      {value.by === 'person' && (
        <ReferenceSelect kind="person" label="Person" required {...form.getInputProps(`${path}.person`)} />
      )}
      {isAccess && askAboutLayer.includes(value.by) && (
        <Select
          label="Of the layer"
          data={layerChoices}
          placeholder="Entitlement"
          clearable
          {...form.getInputProps(`${path}.layer`)}
        />
      )}
    </div>
  )
}
