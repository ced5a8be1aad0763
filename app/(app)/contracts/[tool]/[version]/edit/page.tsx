import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ContractStateMark } from '@/components/contracts/marks'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { slugSchema } from '@/lib/registry/model'
import { decoded, urls } from '@/lib/urls'
import { ContractEditor } from '../../../editor/contract-editor'

export const metadata: Metadata = { title: 'Edit contract' }

export default async function EditContractPage({ params }: { params: Promise<{ tool: string; version: string }> }) {
  const { tool: text, version: number } = await params
  const slug = decoded(text)
  if (!slugSchema.safeParse(slug).success || !/^[1-9]\d{0,5}$/.test(number)) notFound()
  const contract = await read('contracts.get', { tool: slug, version: Number(number) })
  const { tool, version, revision, digest, may } = contract
  const page = urls.contract(tool.slug, version)
  return (
    <>
      <PageHeader
        title={`Edit ${tool.name}, version ${version}`}
        breadcrumbs={[
          { title: 'Contracts', href: urls.contracts() },
          { title: `${tool.name}, version ${version}`, href: page },
        ]}
        badges={<ContractStateMark state={contract.state} discarded={contract.discarded} />}
      />
      {may.edit === true ? (
        <ContractEditor
          tool={tool}
          draft={{ version, revision, digest }}
          limits={contract.limits}
          author={contract.author}
          note={contract.note ?? ''}
        />
      ) : (
        <Panel>
          <p>{may.edit}</p>
          <LinkButton href={page} variant="default">
            Back to the contract
          </LinkButton>
        </Panel>
      )}
    </>
  )
}
