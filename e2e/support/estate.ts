import type { Api } from '@/lib/http/client'

export interface OwnBindings {
  agent: { slug: string; name: string }
  tools: { slug: string; name: string }[]
}

/**
 * Active bindings of an agent of this test's own to tools of its own. The sample's defaults give them owners of identity
 * and entitlement; privilege, enforcement and monitoring have none.
 */
export async function ownBindings(api: Api, unique: string, count = 1): Promise<OwnBindings> {
  const agent = { slug: `bot-${unique}`, name: `Bot ${unique}` }
  const letters = [...'ABCDEFGHIJKLMNOP'].slice(0, count)
  const tools = letters.map((letter) => ({
    slug: `tool-${letter.toLowerCase()}-${unique}`,
    name: `Tool ${letter} ${unique}`,
  }))
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    agents: [{ ...agent, sponsor: 'farid.rahmani', lifecycle: 'active' }],
    tools,
    bindings: tools.map(({ slug }) => ({
      agent: agent.slug,
      tool: slug,
      state: 'active',
      risk: 'high',
      intent: { text: 'Look up the caller', approvedBy: 'farid.rahmani', approvedAt: '2026-01-05' },
      certifiedAt: '2099-01-01',
    })),
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`own-${unique}.json`, JSON.stringify(estate))] })
  return { agent, tools }
}

/** A text as the import takes a file. */
export const asFile = (name: string, text: string) => ({ name, contentBase64: Buffer.from(text).toString('base64') })
