'use client'

import { ActionIcon, Button, Checkbox, Group, Input, Select, Stack, TextInput, Tooltip } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Panel } from '@/components/panel'
import { outcomeTitles } from '@/components/recertification/campaign-words'
import { outcomes } from '@/lib/recertification/model'
import { DurationInput } from './duration-input'
import { StrategyField } from './strategy-field'
import type { CampaignForm } from './use-campaign-form'
import { newStage, noStrategy, type StageValues } from './values'
import classes from './wizard.module.css'

const stagesMax = 3
const listMax = 5

/** Keys for what is added here; they only have to differ. */
const newKey = () => randomId('new-')

/** Who is asked, in one stage after the other. */
export function StagesFields({ form }: { form: CampaignForm }) {
  const { stages } = form.values
  return (
    <Panel title="Who is asked" aside="One to three stages, each with its own reviewers">
      <div className={classes.fields}>
        {stages.map((stage, index) => (
          <StageFields key={stage.key} form={form} stage={stage} index={index} isOnly={stages.length === 1} />
        ))}
        {stages.length < stagesMax && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => form.insertListItem('stages', newStage(newKey(), stages.length + 1))}
            >
              Add a stage
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

interface StageFieldsProps {
  form: CampaignForm
  stage: StageValues
  index: number
  isOnly: boolean
}

function StageFields({ form, stage, index, isOnly }: StageFieldsProps) {
  const path = `stages.${index}`
  return (
    <fieldset className={classes.stage}>
      <legend>Stage {index + 1}</legend>
      {!isOnly && <Remove label={`Remove stage ${index + 1}`} onClick={() => form.removeListItem('stages', index)} />}
      <div className={classes.fields}>
        <div className={classes.pair}>
          <TextInput label="Name" required {...form.getInputProps(`${path}.name`)} />
          <DurationInput
            label="Duration"
            required
            description="Until the end of the last day, where each reviewer is"
            {...form.getInputProps(`${path}.duration`)}
          />
        </div>
        <StrategyField form={form} path={`${path}.reviewers`} value={stage.reviewers} label="Reviewers" />
        <Fallbacks form={form} stage={stage} path={path} />
        <Escalation form={form} stage={stage} path={path} />
        {index > 0 && (
          <Checkbox.Group label="Asks again about what the stage before" {...form.getInputProps(`${path}.takes`)}>
            <Group gap="md" mt={4}>
              {outcomes.map((outcome) => (
                <Checkbox
                  key={outcome}
                  size="md"
                  value={outcome}
                  label={outcome === 'no_response' ? 'Left unanswered' : outcomeTitles[outcome]}
                />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </div>
    </fieldset>
  )
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon className={classes.remove} aria-label={label} onClick={onClick}>
        <IconTrash size={15} />
      </ActionIcon>
    </Tooltip>
  )
}

interface ListProps {
  form: CampaignForm
  stage: StageValues
  path: string
}

function Fallbacks({ form, stage, path }: ListProps) {
  return (
    <Stack gap={6}>
      {stage.fallbacks.map((fallback, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fallback is its place in the order
        <div key={index} className={classes.row}>
          <StrategyField
            form={form}
            path={`${path}.fallbacks.${index}`}
            value={fallback}
            label={index === 0 ? 'When that finds nobody' : 'And then'}
          />
          <Remove
            label={`Remove fallback ${index + 1}`}
            onClick={() => form.removeListItem(`${path}.fallbacks`, index)}
          />
        </div>
      ))}
      {stage.fallbacks.length < listMax && (
        <Add
          label="Add a fallback"
          note={stage.fallbacks.length === 0 ? 'When nobody is found, the owner of the campaign is asked' : ''}
          onClick={() => form.insertListItem(`${path}.fallbacks`, { ...noStrategy, by: 'governance_lead' })}
        />
      )}
    </Stack>
  )
}

const actions = [
  { value: 'add', label: 'also ask' },
  { value: 'hand_to', label: 'hand over to' },
]

function Escalation({ form, stage, path }: ListProps) {
  return (
    <Stack gap={6}>
      {stage.escalation.map((step, index) => (
        <div key={step.key} className={classes.row}>
          <div className={classes.step}>
            <DurationInput
              label="Without an answer after"
              required
              {...form.getInputProps(`${path}.escalation.${index}.after`)}
            />
            <Select
              label="Then"
              data={actions}
              allowDeselect={false}
              {...form.getInputProps(`${path}.escalation.${index}.action`)}
            />
            <StrategyField form={form} path={`${path}.escalation.${index}.to`} value={step.to} label="Whom" />
          </div>
          <Remove
            label={`Remove escalation step ${index + 1}`}
            onClick={() => form.removeListItem(`${path}.escalation`, index)}
          />
        </div>
      ))}
      {stage.escalation.length < listMax && (
        <Add
          label="Add an escalation step"
          note={stage.escalation.length === 0 ? 'Nobody else is asked when an answer is late' : ''}
          onClick={() =>
            form.insertListItem(`${path}.escalation`, {
              key: newKey(),
              after: '7 days',
              action: 'add',
              to: { ...noStrategy, by: 'manager' },
            })
          }
        />
      )}
      {form.errors[`${path}.escalation`] && <Input.Error>{form.errors[`${path}.escalation`]}</Input.Error>}
    </Stack>
  )
}

function Add({ label, note, onClick }: { label: string; note: string; onClick: () => void }) {
  return (
    <Group gap="xs">
      <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={onClick}>
        {label}
      </Button>
      <span className={classes.quiet}>{note}</span>
    </Group>
  )
}
