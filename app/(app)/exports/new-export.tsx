'use client'

import { Button, Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useExport } from '@/components/export-menu'
import { Panel } from '@/components/panel'
import { type ExportFormat, type ExportKind, formatTitles } from '@/lib/exporters/names'

interface Kind {
  kind: ExportKind
  title: string
  description: string
  formats: ExportFormat[]
}

/** Exports all of a kind; a part of it is exported from its own list, where the filters are. */
export function NewExport({ kinds }: { kinds: readonly Kind[] }) {
  const { pending, start } = useExport()
  const [name, setName] = useState<string | null>(kinds[0]?.kind ?? null)
  const [format, setFormat] = useState<string | null>('csv')
  const kind = kinds.find((each) => each.kind === name)
  const carrier = kind?.formats.find((each) => each === format)
  return (
    <Panel title="New export">
      <Group align="end" gap="sm">
        <Select
          label="What"
          w={220}
          value={name}
          onChange={setName}
          allowDeselect={false}
          data={kinds.map((each) => ({ value: each.kind, label: each.title }))}
        />
        <Select
          label="As"
          w={140}
          value={carrier ?? null}
          placeholder="Choose"
          onChange={setFormat}
          allowDeselect={false}
          data={kind?.formats.map((each) => ({ value: each, label: formatTitles[each] })) ?? []}
        />
        <Button
          loading={pending}
          disabled={!kind || !carrier}
          onClick={() => kind && carrier && start({ kind: kind.kind, format: carrier, filter: {} })}
        >
          Export
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {kind?.description}. To export a part of it, set the filters on its page and export there.
      </Text>
    </Panel>
  )
}
