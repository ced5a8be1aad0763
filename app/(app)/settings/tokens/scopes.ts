import type { TokenScope } from '@/lib/access/model'

/** What each scope lets a token do, in words. */
export const scopeWords: Record<TokenScope, { title: string; meaning: string }> = {
  read: { title: 'Read', meaning: 'Everything you can see' },
  registry: { title: 'Registry', meaning: 'Create and edit people, teams, agents, tools and bindings' },
  ownership: { title: 'Ownership', meaning: 'Name owners, accept, decline and end' },
  import: { title: 'Import', meaning: 'Preview and apply imports' },
  gaps: { title: 'Gaps', meaning: 'Have the gaps evaluated' },
}
