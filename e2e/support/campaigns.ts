import { expect } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { asFile } from './estate'

export interface OwnCampaign {
  slug: string
  name: string
  agent: string
  /** Names of the tools in order; all of low risk but the last. */
  tools: string[]
}

/** A running campaign of this test's own that asks Hana about an agent's access to tools: of low risk, the last of high. */
export async function ownCampaign(api: Api, unique: string, count = 4): Promise<OwnCampaign> {
  const agent = { slug: `reviewed-${unique}`, name: `Reviewed ${unique}` }
  const tools = [...'ABCDEFGH'].slice(0, count).map((letter) => ({
    slug: `asked-${letter.toLowerCase()}-${unique}`,
    name: `Asked ${letter} ${unique}`,
  }))
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    agents: [{ ...agent, sponsor: 'farid.rahmani', lifecycle: 'active' }],
    tools,
    bindings: tools.map(({ slug }, index) => ({
      agent: agent.slug,
      tool: slug,
      state: 'active',
      risk: index === count - 1 ? 'high' : 'low',
      intent: { text: 'Look up the caller', approvedBy: 'farid.rahmani', approvedAt: '2026-01-05' },
    })),
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`reviewed-${unique}.json`, JSON.stringify(estate))] })
  const name = `Review ${unique}`
  const { slug } = await api('campaigns.create', {
    name,
    definition: {
      kind: 'access',
      scope: { agent: agent.slug },
      stages: [
        {
          name: 'Owners',
          reviewers: { by: 'person', person: 'hana.kim' },
          fallbacks: [{ by: 'person', person: 'grace.mutua' }],
          duration: 'P14D',
        },
      ],
    },
  })
  await api('campaigns.start', { slug })
  await expect
    .poll(async () => (await api('campaigns.get', { slug })).state, { message: 'the campaign runs', timeout: 60_000 })
    .toBe('running')
  return { slug, name, agent: agent.name, tools: tools.map((tool) => tool.name) }
}
