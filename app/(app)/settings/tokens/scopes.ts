import type { TokenScope } from '@/lib/access/model'

/** What each scope lets a token do, in words. */
export const scopeWords: Record<TokenScope, { title: string; meaning: string }> = {
  read: { title: 'Read', meaning: 'Everything you can see' },
  registry: { title: 'Registry', meaning: 'Create and edit people, teams, agents, tools and bindings' },
  ownership: { title: 'Ownership', meaning: 'Name owners, accept, decline and end' },
  import: { title: 'Import', meaning: 'Preview and apply imports' },
  gaps: { title: 'Gaps', meaning: 'Have the gaps evaluated' },
  contracts: { title: 'Contracts', meaning: 'Write policy contracts, sign them off and put them in force' },
  attest: { title: 'Attest', meaning: 'State which contract a point enforces, and send samples of its decisions' },
  settings: { title: 'Settings', meaning: 'Change the policy and what the server may reach' },
  campaigns: { title: 'Campaigns', meaning: 'Create, start, run and close recertification campaigns' },
  reviews: { title: 'Reviews', meaning: 'Answer what you are asked to review' },
  provisioning: {
    title: 'Provisioning',
    meaning: 'Have an identity provider say by SCIM who is there, and in which team',
  },
}
