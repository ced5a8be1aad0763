import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { BindingStateBadge, RiskBadge } from '@/components/badges'
import { AgentLink, TextLink, ToolLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { CertificationHistory } from '@/components/recertification/certification-history'
import { RemediationList } from '@/components/recertification/remediation-list'
import { Columns, Stacked } from '@/components/registry/columns'
import { GapList } from '@/components/registry/gap-list'
import { Origin } from '@/components/registry/origin'
import { pageMay, read } from '@/lib/http/page-data'
import { remediationStates } from '@/lib/recertification/model'
import { bindingKeySchema } from '@/lib/registry/bindings/model'
import { bindingSlugOf, urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { readViewer } from '../../viewer'
import { ActivationNotice } from './activation-notice'
import { BindingActions } from './binding-actions'
import { BindingFacts } from './binding-facts'
import { EnforcementPath } from './enforcement-path'
import { FiveOwners } from './five-owners'

interface Props {
  params: Promise<{ binding: string }>
}

const bindingAt = cache(async (param: string) => {
  const key = bindingSlugOf(param)
  if (!bindingKeySchema.safeParse(key).success) notFound()
  return await read('bindings.get', { binding: key })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { agent, tool } = await bindingAt((await params).binding)
  return { title: `${agent.name} on ${tool.name}` }
}

export default async function BindingPage({ params }: Props) {
  const binding = await bindingAt((await params).binding)
  const { id, slug, agent, tool, environment } = binding
  const [viewer, toolDetail, remediations, mayAssign, mayEdit, mayMove] = await Promise.all([
    readViewer(),
    read('tools.get', { slug: tool.slug }),
    read('remediations.list', { binding: slug, state: remediationStates.join(','), limit: 20 }),
    pageMay('assignments.create'),
    pageMay('bindings.update'),
    pageMay('bindings.transition'),
  ])
  return (
    <>
      <PageHeader
        title={`${agent.name} on ${tool.name}`}
        breadcrumbs={[
          { title: 'Bindings', href: urls.bindings() },
          { title: agent.name, href: urls.agent(agent.slug) },
        ]}
        badges={
          <>
            <BindingStateBadge state={binding.state} />
            <RiskBadge risk={binding.risk} />
          </>
        }
        meta={
          <>
            <Origin slug={slug} source={binding.source} lastSeenAt={binding.lastSeenAt} />
            <span>
              <AgentLink slug={agent.slug} name={agent.name} /> <span aria-hidden>→</span>{' '}
              <ToolLink slug={tool.slug} name={tool.name} /> in {environment}
            </span>
            <TextLink href={urls.matrix({ agent: agent.slug, tool: tool.slug })}>In the matrix</TextLink>
          </>
        }
        actions={
          <BindingActions
            binding={binding}
            toolActions={toolDetail.actions.map(({ name }) => name)}
            mayEdit={mayEdit}
            mayMove={mayMove}
          />
        }
      />
      <Stacked>
        <ActivationNotice binding={binding} viewer={viewer} mayAssign={mayAssign} />
        <RemediationList remediations={remediations.rows} />
        <EnforcementPath binding={binding} viewer={viewer} mayAssign={mayAssign} mayEdit={mayEdit} />
        <Columns>
          <Stacked>
            <BindingFacts binding={binding} />
            <GapList gaps={binding.gaps} href={urls.gaps({ binding: slug })} none="No open gap affects it." />
          </Stacked>
          <FiveOwners binding={binding} viewer={viewer} mayAssign={mayAssign} />
        </Columns>
        <CertificationHistory
          entries={binding.certificationHistory}
          none="No campaign has asked about it yet, and nothing has taken a certification away."
        />
        <HistoryOf about={`binding:${id}`} />
      </Stacked>
    </>
  )
}
