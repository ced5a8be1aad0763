import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { pageMay, read } from '@/lib/http/page-data'
import { slugSchema } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { one, type SearchParams } from '../../list-query'
import { ContractEditor } from '../editor/contract-editor'
import { ChooseTool } from './choose-tool'

export const metadata: Metadata = { title: 'New contract' }

export default async function NewContractPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const slug = one(await searchParams, 'tool')
  const breadcrumbs = [{ title: 'Contracts', href: urls.contracts() }]
  const mayCreate = await pageMay('contracts.create')
  if (mayCreate !== true) {
    return (
      <>
        <PageHeader title="New contract" breadcrumbs={breadcrumbs} />
        <Panel>{mayCreate}</Panel>
      </>
    )
  }
  if (slug === undefined) {
    return (
      <>
        <PageHeader title="New contract" breadcrumbs={breadcrumbs} />
        <Panel title="For which tool?">
          <ChooseTool />
        </Panel>
      </>
    )
  }
  if (!slugSchema.safeParse(slug).success) notFound()
  const [tool, { rows }, me] = await Promise.all([
    read('tools.get', { slug }),
    read('contracts.list', { tool: slug, limit: 100 }),
    read('me.get', {}),
  ])
  const present = rows.find(({ state }) => state === 'in_force')
  const [from, application] = await Promise.all([
    present && read('contracts.get', { tool: slug, version: present.version }),
    tool.application && read('points.get', { slug: tool.application.slug }),
  ])
  // Who wrote it last, else whose application it is, else whom the writer leads.
  const author = from?.author ?? application?.team ?? me.leadOf[0] ?? null
  const next = (rows[0]?.version ?? 0) + 1
  return (
    <>
      <PageHeader
        title={`${tool.name}, version ${next}`}
        breadcrumbs={[...breadcrumbs, { title: tool.name, href: urls.contracts({ tool: slug }) }]}
        meta={
          present
            ? `Begins from version ${present.version}, which is in force`
            : 'The first contract of this tool in force'
        }
      />
      <ContractEditor tool={{ slug, name: tool.name }} limits={from?.limits ?? {}} author={author} note="" />
    </>
  )
}
