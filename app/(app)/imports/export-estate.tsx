'use client'

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { api } from '@/components/api'
import { useAttempt } from '@/components/use-attempt'

/** Saves the registry as an estate file, fetched part by part. */
export function ExportEstate() {
  const { pending, problem, run } = useAttempt(save, () => {})
  return (
    <>
      {problem && <span role="alert">{problem}</span>}
      <Button
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={pending}
        onClick={() => run()}
      >
        Export as estate file
      </Button>
    </>
  )
}

async function save() {
  const parts: string[] = []
  let cursor: string | null = null
  do {
    const part: { text: string; next: string | null } = await api('estate.export', cursor === null ? {} : { cursor })
    parts.push(part.text)
    cursor = part.next
  } while (cursor !== null)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(parts, { type: 'application/yaml' }))
  link.download = 'estate.yaml'
  link.click()
  URL.revokeObjectURL(link.href)
}
