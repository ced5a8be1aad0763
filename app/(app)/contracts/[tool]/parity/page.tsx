import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { CopyButton } from '@/components/copy-button'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Stacked } from '@/components/registry/columns'
import { pageMay, read } from '@/lib/http/page-data'
import { idSchema, slugSchema } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { AskedPoints } from './asked-points'
import { Contradictions } from './contradictions'
import { Latest } from './latest'
import { RunButton } from './run-button'
import { RunHistory } from './run-history'

interface Props {
  params: Promise<{ tool: string }>
  searchParams: Promise<{ run?: string | string[] }>
}

const parityOf = cache(async (slug: string) => {
  if (!slugSchema.safeParse(slug).success) notFound()
  return await read('parity.tool', { slug })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tool } = await parityOf((await params).tool)
  return { title: `Parity of ${tool.name}` }
}

export default async function ParityPage({ params, searchParams }: Props) {
  const { tool: slug } = await params
  const parity = await parityOf(slug)
  const chosen = idSchema.safeParse((await searchParams).run)
  const shownId = chosen.success ? chosen.data : parity.latest
  const [may, runs, shown] = await Promise.all([
    pageMay('parity.start'),
    read('parity.list', { slug, limit: 20 }),
    shownId === null ? null : read('parity.get', { id: shownId }),
  ])
  if (shown && shown.tool.slug !== slug) notFound()
  const { tool, contract } = parity
  return (
    <>
      <PageHeader
        title={`Parity of ${tool.name}`}
        breadcrumbs={[
          { title: 'Contracts', href: urls.contracts() },
          ...(contract
            ? [{ title: `${tool.name}, version ${contract.version}`, href: urls.contract(slug, contract.version) }]
            : [{ title: tool.name, href: urls.tool(slug) }]),
        ]}
        meta={
          contract ? (
            <>
              <TextLink href={urls.contract(slug, contract.version)}>Version {contract.version} in force</TextLink>
              <span>
                <code title={contract.digest}>{contract.digest.slice(0, 12)}</code>{' '}
                <CopyButton value={contract.digest} label="Copy the digest" />
              </span>
              <span>
                {contract.vectors} {contract.vectors === 1 ? 'vector' : 'vectors'}
              </span>
            </>
          ) : (
            <span>No contract in force</span>
          )
        }
        actions={<RunButton slug={slug} running={parity.running} can={may === true ? parity.mayStart : may} />}
      />
      <Stacked>
        <Latest
          run={shown}
          isLatest={shownId === parity.latest}
          digest={contract?.digest ?? null}
          slug={slug}
          may={parity.mayStart}
        />
        <AskedPoints points={parity.points} />
        <Contradictions parity={parity} />
        <RunHistory slug={slug} shown={shownId} {...runs} />
      </Stacked>
    </>
  )
}
