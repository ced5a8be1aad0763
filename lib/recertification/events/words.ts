import type { CertificationEventKind } from '../model'

/** Something that took certifications away, with the names of what it happened to, as far as they are known. */
export interface NamedEvent {
  kind: CertificationEventKind
  person: string | null
  binding: string | null
  tool: string | null
  agent: string | null
  before: string | null
  after: string | null
}

const namedMax = 5
const lengthMax = 120

const shortened = (text: string) => (text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text)

function fromTo({ before, after }: NamedEvent): string {
  return before && after ? ` from ${shortened(before)} to ${shortened(after)}` : ''
}

/** What happened, as a clause in the middle of a sentence. */
export function eventWords(event: NamedEvent): string {
  const { kind, person, binding, tool, agent, after } = event
  switch (kind) {
    case 'owner_left':
      return `${person ?? 'somebody'} left`
    case 'risk_raised':
      return `the risk of ${binding ?? 'a binding'} was raised${fromTo(event)}`
    case 'privileges_widened':
      return `the privileges of ${binding ?? 'a binding'} were widened${fromTo(event)}`
    case 'independent_privileges_gained':
      return `${tool ?? 'a tool'} ${after === 'yes' ? 'got' : 'may have got'} privileges of its own`
    case 'chain_extended':
      return binding === null
        ? `${after ?? 'another agent'} may delegate to ${agent ?? 'an agent'} now`
        : `${after ?? 'a tool'} joined the delegation chain that reaches ${agent ?? 'an agent'}`
  }
}

/** Why a micro-campaign asks: everything that happened, in the order in which it did, at length only the first few. */
export function becauseOf(events: readonly NamedEvent[]): string {
  const words = [...new Set(events.map(eventWords))]
  const rest = words.length - namedMax
  const text = [...words.slice(0, namedMax), ...(rest > 0 ? [`${rest} more`] : [])].join('; ')
  // A name keeps its spelling: it may be a slug.
  return text.replace(/^(the|an?|another|somebody) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))
}
