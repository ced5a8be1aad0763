import { EmptyState } from '../empty-state'
import { LinkButton } from '../links'

interface NoRowsProps {
  /** Whether filters narrow the list: then they are what can be changed. */
  filtered: boolean
  /** Plural, as in "No agents fit". */
  things: string
  /** The list without filters. */
  href: string
  /** One sentence for a registry that has none yet. */
  none: string
  /** Where such things can be imported; absent for what is not. */
  importHref?: string
}

/** An empty list: nothing fits the filters, or nothing is there yet. */
export function NoRows({ filtered, things, href, none, importHref }: NoRowsProps) {
  if (!filtered) {
    const action = importHref && <LinkButton href={importHref}>Import an estate</LinkButton>
    return <EmptyState {...(action && { action })}>{none}</EmptyState>
  }
  return (
    <EmptyState
      action={
        <LinkButton href={href} variant="default">
          Clear filters
        </LinkButton>
      }
    >
      No {things} fit these filters.
    </EmptyState>
  )
}
