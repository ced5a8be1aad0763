import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ContractStateMark } from '@/components/contracts/marks'
import { StandingTable } from '@/components/contracts/standing-table'
import { Digest } from '@/components/digest'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Columns, Stacked } from '@/components/registry/columns'
import { pageMay, read } from '@/lib/http/page-data'
import { slugSchema } from '@/lib/registry/model'
import { decoded, urls } from '@/lib/urls'
import { HistoryOf } from '../../../history-of'
import { one, type SearchParams } from '../../../list-query'
import { ContractActions } from './contract-actions'
import { ContractFacts } from './contract-facts'
import { Difference } from './difference'
import { LimitsView } from './limits-view'
import { Remarks } from './remarks'
import { VectorsTable } from './vectors-table'
import { Versions } from './versions'

interface Props {
  params: Promise<{ tool: string; version: string }>
  searchParams: Promise<SearchParams>
}

/** A version as an address writes it; anything else is no page. */
function versionIn(text: string | undefined): number | null {
  const number = text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null
  return number
}

const contractAt = cache(async (tool: string, text: string) => {
  const version = versionIn(text)
  if (version === null || !slugSchema.safeParse(tool).success) notFound()
  return await read('contracts.get', { tool, version })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tool, version } = await params
  const contract = await contractAt(decoded(tool), version)
  return { title: `Contract of ${contract.tool.name}, version ${contract.version}` }
}

export default async function ContractPage({ params, searchParams }: Props) {
  const { tool: slug, version: text } = await params
  const contract = await contractAt(decoded(slug), text)
  const { id, tool, version, state, versions } = contract
  const against = versionIn(one(await searchParams, 'against'))
  const compared = versions.some((each) => each.version === against && against !== version) ? against : null
  const [mayCreate, difference] = await Promise.all([
    pageMay('contracts.create'),
    compared === null ? null : read('contracts.diff', { tool: tool.slug, version, against: compared }),
  ])
  return (
    <>
      <PageHeader
        title={
          <>
            {tool.name}, version {version}
          </>
        }
        breadcrumbs={[
          { title: 'Contracts', href: urls.contracts() },
          { title: tool.name, href: urls.contracts({ tool: tool.slug }) },
        ]}
        badges={<ContractStateMark state={state} discarded={contract.discarded} />}
        meta={
          <>
            <TextLink href={urls.tool(tool.slug)}>The tool</TextLink>
            <TextLink href={urls.parity(tool.slug)}>Parity</TextLink>
            <Digest digest={contract.digest} />
          </>
        }
        actions={<ContractActions contract={contract} mayCreate={mayCreate} />}
      />
      <Stacked>
        {difference && <Difference difference={difference} tool={tool.slug} />}
        <Columns>
          <Stacked>
            <ContractFacts contract={contract} />
            <Versions tool={tool.slug} version={version} versions={versions} against={compared} />
          </Stacked>
          <Stacked>
            <LimitsView limits={contract.limits} />
            <Remarks remarks={contract.remarks} />
          </Stacked>
        </Columns>
        <VectorsTable vectors={contract.limits.vectors ?? []} />
        <Panel title="What the points say they enforce" flush>
          <StandingTable
            of="points"
            rows={contract.points.rows}
            none="No path leads to the tool yet, and no application is named: nothing can attest to it."
          />
        </Panel>
        <HistoryOf about={`contract:${id}`} />
      </Stacked>
    </>
  )
}
