'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { problemSchema } from '@/lib/http/problem'
import { urls } from '@/lib/urls'

/** Everything in one Excel workbook, a sheet a kind. It is fetched before it is saved, so that a refusal can be read. */
export function WorkbookLink() {
  const [pending, setPending] = useState(false)

  async function save() {
    setPending(true)
    try {
      const answer = await fetch(urls.exportWorkbook())
      if (!answer.ok) throw new Error(problemSchema.parse(await answer.json()).detail)
      const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'pentarch.xlsx'
      const address = URL.createObjectURL(await answer.blob())
      Object.assign(document.createElement('a'), { href: address, download: name }).click()
      URL.revokeObjectURL(address)
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The workbook could not be fetched.'
      notifications.show({ color: 'red', title: 'There is no workbook', message })
    } finally {
      setPending(false)
    }
  }

  return (
    <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={pending} onClick={save}>
      All in one workbook
    </Button>
  )
}
