'use client'

import { ActionIcon, Button, Input, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import { knownTitles } from '@/components/registry/titles'
import { knowns } from '@/lib/registry/model'
import classes from './actions-editor.module.css'
import type { ToolFormValues } from './tool-form'

const options = knowns.map((value) => ({ value, label: knownTitles[value] }))

/** What a tool can do, each action with whether it only reads and whether it destroys. */
export function ActionsEditor({ form }: { form: UseFormReturnType<ToolFormValues> }) {
  const { actions } = form.values
  return (
    <Input.Wrapper label="Actions" labelElement="div" error={form.errors.actions}>
      {actions.length > 0 && (
        <div className={classes.actions}>
          <div className={classes.head} aria-hidden>
            <span>Name</span>
            <span>Read-only</span>
            <span>Destructive</span>
          </div>
          {actions.map(({ name }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are told apart by their place, their names change
            <div key={index} className={classes.row}>
              <TextInput aria-label={`Name of action ${index + 1}`} {...form.getInputProps(`actions.${index}.name`)} />
              <Select
                aria-label={`Is ${name || `action ${index + 1}`} read-only?`}
                allowDeselect={false}
                data={options}
                {...form.getInputProps(`actions.${index}.readOnly`)}
              />
              <Select
                aria-label={`Is ${name || `action ${index + 1}`} destructive?`}
                allowDeselect={false}
                data={options}
                {...form.getInputProps(`actions.${index}.destructive`)}
              />
              <ActionIcon
                aria-label={`Remove ${name || `action ${index + 1}`}`}
                onClick={() => form.removeListItem('actions', index)}
              >
                <IconX size={15} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
      <Button
        mt={6}
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={() => form.insertListItem('actions', { name: '', readOnly: 'unknown', destructive: 'unknown' })}
      >
        Add an action
      </Button>
    </Input.Wrapper>
  )
}
