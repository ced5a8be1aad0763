'use client'

import { Group, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ScheduleValues } from './values'

const kinds = [
  { value: 'folder', label: 'Folder of the server' },
  { value: 'bucket', label: 'S3-compatible bucket' },
]

/** Where the files go. */
export function DestinationFields({ form }: { form: UseFormReturnType<ScheduleValues> }) {
  return (
    <>
      <SegmentedControl aria-label="Destination" data={kinds} {...form.getInputProps('to')} />
      {form.values.to === 'folder' ? (
        <TextInput
          label="Folder"
          description="Below the server's folder for exports"
          placeholder="auditors"
          required
          {...form.getInputProps('folder')}
        />
      ) : (
        <>
          <TextInput
            label="Endpoint"
            placeholder="https://s3.eu-central-1.amazonaws.com"
            required
            {...form.getInputProps('endpoint')}
          />
          <Group grow align="flex-start">
            <TextInput label="Bucket" required {...form.getInputProps('bucket')} />
            <TextInput label="Region" required {...form.getInputProps('region')} />
          </Group>
          <TextInput label="Folders in it" placeholder="evidence/pentarch/" {...form.getInputProps('prefix')} />
          <Group grow align="flex-start">
            <TextInput label="Access key id" required autoComplete="off" {...form.getInputProps('accessKeyId')} />
            <PasswordInput
              label="Secret access key"
              required
              autoComplete="new-password"
              {...form.getInputProps('secretAccessKey')}
            />
          </Group>
        </>
      )}
    </>
  )
}
