'use client'

import { ActionIcon, Button, Input, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './editor.module.css'
import type { ContractValues } from './values'

interface LimitsFieldsProps {
  form: UseFormReturnType<ContractValues>
  /** What the check says, by field. */
  problems: ReadonlyMap<string, string>
}

/** The limits of a contract but for its vectors. */
export function LimitsFields({ form, problems }: LimitsFieldsProps) {
  const { conditions } = form.values
  return (
    <>
      <TagsInput
        label="Actions"
        description="What may be called; leave empty to set no limit here. Enter after each."
        splitChars={['\n']}
        {...form.getInputProps('actions')}
        error={problems.get('actions')}
      />
      <TagsInput
        label="Resources"
        description="Patterns of what it may be called on; * stands for any text"
        placeholder={form.values.resources.length === 0 ? 'claims/eu/*' : ''}
        splitChars={['\n']}
        {...form.getInputProps('resources')}
        error={problems.get('resources')}
      />
      <Input.Wrapper
        label="Conditions"
        description="What has to hold besides, each in a sentence"
        labelElement="div"
        error={problems.get('conditions')}
      >
        {conditions.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are told apart by their place, their texts change
          <div key={index} className={classes.condition}>
            <Textarea
              aria-label={`Condition ${index + 1}`}
              autosize
              minRows={1}
              {...form.getInputProps(`conditions.${index}`)}
            />
            <ActionIcon
              aria-label={`Remove condition ${index + 1}`}
              onClick={() => form.removeListItem('conditions', index)}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            mt={6}
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => form.insertListItem('conditions', '')}
          >
            Add a condition
          </Button>
        </div>
      </Input.Wrapper>
      <div className={classes.pair}>
        <TextInput
          label="Longest credential lifetime"
          description="A duration such as PT15M, PT1H or P1D"
          placeholder="PT15M"
          {...form.getInputProps('maxCredentialLifetime')}
          error={problems.get('maxCredentialLifetime')}
        />
        <Textarea
          label="Approval"
          description="Whose approval is needed, and when"
          autosize
          minRows={1}
          maxRows={5}
          {...form.getInputProps('approval')}
          error={problems.get('approval')}
        />
      </div>
    </>
  )
}
