'use client'

import { Anchor, Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ExportFormat, type ExportKind, exportFormats, formatTitles, kindsOf } from '@/lib/exporters/names'
import { urls } from '@/lib/urls'
import { api } from './api'

interface ExportMenuProps {
  kind: ExportKind
  /** The filters that are on, as the list takes them. */
  filter?: Readonly<Record<string, string | number | undefined>>
  /** The order on screen. */
  sort?: string | undefined
}

/** Exports what the page shows, with its filters and order: at once when it is small, else in the background. */
export function ExportMenu({ kind, filter = {}, sort }: ExportMenuProps) {
  const { pending, start } = useExport()
  const wanted = { kind, sort, filter: textsOf(filter) }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          loading={pending}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {exportFormats
          .filter((format) => kindsOf(format).includes(kind))
          .map((format) => (
            <Menu.Item key={format} onClick={() => start({ ...wanted, format })}>
              {formatTitles[format]}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const textsOf = (filter: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )

export interface WantedExport {
  kind: ExportKind
  format: ExportFormat
  filter: Record<string, string>
  sort?: string | undefined
}

/** Sends an export to the browser when it is small, and has it written in the background when it is not. */
export function useExport() {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  async function start(wanted: WantedExport): Promise<void> {
    setPending(true)
    try {
      const { direct } = await api('exports.check', wanted)
      if (direct) {
        window.location.assign(urls.exportFile(wanted))
        return
      }
      await api('exports.start', wanted)
      router.refresh()
      notifications.show({
        title: 'It is being written',
        message: (
          <>
            This is too much to wait for. It stands under <Anchor href={urls.exports()}>Exports</Anchor> when it is
            done.
          </>
        ),
      })
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'It did not work. Try again.',
      })
    } finally {
      setPending(false)
    }
  }
  return { pending, start }
}
