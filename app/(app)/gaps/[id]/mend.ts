import type { GapDetail } from '@/lib/gaps/shapes'
import { subjectUrl, urls } from '@/lib/urls'

interface Way {
  href: string
  label: string
}

/** What the page of each kind of subject is called. */
const pageNames = {
  agent: 'Open the agent',
  tool: 'Open the tool',
  binding: 'Open the binding',
  enforcement_point: 'Open the enforcement point',
} as const

const scopes = ['agent', 'tool', 'enforcement_point', 'binding'] as const

type PlacedGap = Pick<GapDetail, 'rule' | 'subject' | 'bindings' | 'affected'> & {
  point: GapDetail['point']
  layer: GapDetail['layer']
}

/** The page of what the gap is placed on. */
export function placeOf({ subject, bindings }: PlacedGap): Way {
  if (subject.type === 'log') return { href: urls.log(), label: 'Open the transparency log' }
  if (subject.type !== 'assignment')
    return { href: subjectUrl(subject.type, subject.slug), label: pageNames[subject.type] }
  const [layer, scopeName, ...rest] = subject.slug.split(':')
  const scope = scopes.find((known) => known === scopeName)
  if (scope) return { href: subjectUrl(scope, rest.join(':')), label: pageNames[scope] }
  const [first] = bindings.rows
  return first
    ? { href: urls.binding(first.slug), label: 'Open a binding it affects' }
    : { href: urls.matrix({ layer }), label: 'Open the matrix' }
}

/** Where the gap is mended straight away, when that is another page than the one of its subject. */
export function mendOf(gap: PlacedGap): Way | null {
  const { rule, subject, point } = gap
  switch (rule) {
    case 'layer-unowned':
    case 'front-door-only':
      if (gap.affected === 0 || (subject.type !== 'agent' && subject.type !== 'tool')) return null
      return { href: urls.matrix({ [subject.type]: subject.slug }), label: 'Assign an owner' }
    case 'contract-missing':
    case 'contract-unsigned':
      return { href: urls.contracts({ text: subject.slug }), label: 'Open its contracts' }
    case 'parity-broken':
      return { href: urls.parity(subject.slug), label: 'Open the answers' }
    case 'delegation-hole':
      return { href: urls.delegations({ agent: subject.slug }), label: 'Open its delegations' }
    case 'contract-drift':
      return point && { href: urls.enforcementPoint(point.slug), label: `Open ${point.name}` }
    default:
      return null
  }
}
