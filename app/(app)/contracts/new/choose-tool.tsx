'use client'

import { useRouter } from 'next/navigation'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { urls } from '@/lib/urls'

/** Goes on to the editor with the tool that is chosen. */
export function ChooseTool() {
  const router = useRouter()
  return (
    <ReferenceSelect
      kind="tool"
      label="Tool"
      placeholder="Find a tool"
      maw={420}
      onChange={(slug) => slug && router.push(urls.newContract(slug))}
    />
  )
}
