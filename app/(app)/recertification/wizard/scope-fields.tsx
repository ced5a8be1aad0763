'use client'

import { Chip, Group, Input, MultiSelect, SegmentedControl, TagsInput, TextInput } from '@mantine/core'
import { ownerStatusTitles } from '@/components/owner-status'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { campaignKindQuestions, campaignKindTitles } from '@/components/recertification/campaign-words'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { toolKindTitles } from '@/components/registry/titles'
import { layers } from '@/lib/layers'
import { ownerStatuses, ownershipScopes } from '@/lib/ownership/model'
import { campaignKinds } from '@/lib/recertification/model'
import { bindingStates, riskTiers, toolKinds } from '@/lib/registry/model'
import { optionsOf } from '../../list-query'
import type { CampaignForm } from './use-campaign-form'
import classes from './wizard.module.css'

interface Choice {
  value: string
  label: string
}

interface ScopeFieldsProps {
  form: CampaignForm
  teams: readonly Choice[]
  environments: readonly string[]
  /** How many bindings or assignments the campaign names one by one; none for most. */
  named: number
}

const kinds = campaignKinds.map((value) => ({ value, label: campaignKindTitles[value] })).toReversed()
const scopeTitles = {
  organisation: 'Organisation',
  enforcement_point: 'Enforcement point',
  tool: 'Tool',
  agent: 'Agent',
  binding: 'Binding',
}

/** What is asked about: the kind, and the filters of the matrix that narrow it. */
export function ScopeFields({ form, teams, environments, named }: ScopeFieldsProps) {
  const { kind } = form.values
  const isAccess = kind === 'access'
  const scopeProblem = form.errors.scope
  return (
    <Panel title="What it asks about" aside={campaignKindQuestions[kind]}>
      <div className={classes.fields}>
        <Problem text={typeof scopeProblem === 'string' ? scopeProblem : null} />
        {named > 0 && (
          <p className={classes.note}>
            It names {named === 1 ? 'one of them' : `${named.toLocaleString('en')} of them`} by itself; the filters
            narrow those.
          </p>
        )}
        <div>
          <SegmentedControl aria-label="Kind" data={kinds} {...form.getInputProps('kind')} />
        </div>
        <Chips form={form} name="risk" label="Risk" options={optionsOf(riskTiers)} none="Every risk" />
        <Chips
          form={form}
          name="layer"
          label="Layer"
          options={layers.map(({ id, title }) => ({ value: id, label: title }))}
          none={isAccess ? 'Narrows team and ownership' : 'Every layer'}
        />
        {isAccess ? (
          <>
            <Chips
              form={form}
              name="status"
              label="Ownership"
              options={optionsOf(ownerStatuses, ownerStatusTitles)}
              none="However it is owned"
            />
            <Chips form={form} name="state" label="State" options={optionsOf(bindingStates)} none="Active ones" />
            <Chips
              form={form}
              name="kind"
              label="Tool kind"
              options={optionsOf(toolKinds, toolKindTitles)}
              none="Every kind"
            />
          </>
        ) : (
          <>
            <Chips
              form={form}
              name="scope"
              label="Set on"
              options={optionsOf(ownershipScopes, scopeTitles)}
              none="Anything"
            />
            <Chips
              form={form}
              name="assignmentState"
              label="State"
              options={optionsOf(['proposed', 'accepted'])}
              none="Proposed and accepted"
            />
          </>
        )}
        <div className={classes.pair}>
          <MultiSelect
            label="Team"
            placeholder={form.values.scope.team.length === 0 ? 'Every team' : undefined}
            data={withUnknown(teams, form.values.scope.team)}
            searchable
            clearable
            {...form.getInputProps('scope.team')}
          />
          {isAccess ? (
            <TagsInput
              label="Environment"
              placeholder={form.values.scope.environment.length === 0 ? 'Every environment' : undefined}
              data={[...environments]}
              size="xs"
              clearable
              {...form.getInputProps('scope.environment')}
            />
          ) : (
            <TextInput
              label="Text"
              placeholder="In the name of what it is set on"
              {...form.getInputProps('scope.text')}
            />
          )}
          <ReferenceSelect
            kind="agent"
            label="Agent"
            placeholder="Every agent"
            clearable
            {...form.getInputProps('scope.agent')}
          />
          <ReferenceSelect
            kind="tool"
            label="Tool"
            placeholder="Every tool"
            clearable
            {...form.getInputProps('scope.tool')}
          />
          {isAccess && (
            <TextInput
              label="Text"
              placeholder="In the names of agent and tool"
              {...form.getInputProps('scope.text')}
            />
          )}
        </div>
      </div>
    </Panel>
  )
}

/** A team that is chosen and not among those loaded stays one that can be seen and taken off. */
const withUnknown = (known: readonly Choice[], chosen: readonly string[]): Choice[] => [
  ...known,
  ...chosen.filter((slug) => !known.some(({ value }) => value === slug)).map((slug) => ({ value: slug, label: slug })),
]

interface ChipsProps {
  form: CampaignForm
  name: 'risk' | 'layer' | 'status' | 'state' | 'kind' | 'scope' | 'assignmentState'
  label: string
  options: readonly Choice[]
  /** What choosing nothing means. */
  none: string
}

function Chips({ form, name, label, options, none }: ChipsProps) {
  const value = form.values.scope[name]
  return (
    <div className={classes.filter}>
      <Input.Label component="div" className={classes.filterName}>
        {label}
      </Input.Label>
      <Chip.Group multiple value={value} onChange={(next) => form.setFieldValue(`scope.${name}`, next)}>
        <Group gap={6} role="group" aria-label={label}>
          {options.map((option) => (
            <Chip key={option.value} value={option.value} size="xs" variant="outline" radius="sm">
              {option.label}
            </Chip>
          ))}
          {value.length === 0 && <span className={classes.quiet}>{none}</span>}
        </Group>
      </Chip.Group>
      {form.errors[`scope.${name}`] && <Input.Error>{form.errors[`scope.${name}`]}</Input.Error>}
    </div>
  )
}
