'use client'

import { Button, Checkbox, Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { StreamValues } from './values'

type Form = UseFormReturnType<StreamValues>

const secretBytes = 32

/** The fields of the kind that is chosen. */
export function TargetFields({ form }: { form: Form }) {
  switch (form.values.kind) {
    case 'webhook':
      return <WebhookFields form={form} />
    case 'syslog':
      return <SyslogFields form={form} />
    case 'file':
      return (
        <TextInput
          label="Folder"
          description="Below the server's folder for streams; events.ndjson in it grows by a line an event"
          placeholder="siem"
          required
          {...form.getInputProps('folder')}
        />
      )
  }
}

function WebhookFields({ form }: { form: Form }) {
  const make = () => form.setFieldValue('secret', randomText(secretBytes))
  return (
    <>
      <TextInput
        label="Address"
        placeholder="https://siem.example.org/events"
        required
        {...form.getInputProps('url')}
      />
      <Select
        label="Body"
        data={[
          { value: 'ndjson', label: 'One event a line' },
          { value: 'json', label: 'One JSON array' },
        ]}
        allowDeselect={false}
        {...form.getInputProps('body')}
      />
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          label="Secret"
          description="Signs every message (Standard Webhooks). Give it to the receiver: it is not shown again."
          required
          autoComplete="off"
          {...form.getInputProps('secret')}
        />
        <Button variant="default" onClick={make}>
          Make one
        </Button>
      </Group>
    </>
  )
}

function SyslogFields({ form }: { form: Form }) {
  return (
    <>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput flex={1} label="Host" placeholder="siem.example.org" required {...form.getInputProps('host')} />
        <NumberInput w={110} label="Port" min={1} max={65_535} hideControls required {...form.getInputProps('port')} />
      </Group>
      <Checkbox
        label="Encrypt (TLS)"
        description="Without it, only hosts in an allowed private network are sent to"
        {...form.getInputProps('tls', { type: 'checkbox' })}
      />
      {form.values.tls && (
        <Textarea
          label="Certificates to trust"
          description="In PEM; leave it empty for those of public authorities"
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps('ca')}
        />
      )}
    </>
  )
}

const randomText = (bytes: number) =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)))).replace(/[+/=]/g, '')
