import type { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import type { answeredSchema, SuccessionView } from './model'
import { findSuccessions } from './store'

/** What a succession is about, for people: "identity:agent:bot", "sponsor of Support bot". */
export const aboutOf = ({ ownership, agent }: SuccessionView): string =>
  ownership?.assignment ?? `sponsor of ${agent?.name ?? 'an agent'}`

const closedWords = { accepted: 'accepted', declined: 'declined', moot: 'settled otherwise' } as const

/**
 * The open successions that a command answers, with the estate locked, as they were when its caller looked.
 * @throws DomainError `not_found`, `stale` or `wrong_state`.
 */
export async function openAnswered(
  context: UseCaseContext,
  answered: z.output<typeof answeredSchema>,
): Promise<SuccessionView[]> {
  await lockEstate(context)
  const versions = new Map(answered.map(({ id, version }) => [id, version]))
  if (versions.size < answered.length) throw new DomainError('invalid_input', 'The same succession is named twice.')
  const rows = await findSuccessions(context.db, { ids: [...versions.keys()] }, versions.size)
  if (rows.length < versions.size) throw notFound('One of the successions')
  for (const row of rows) assertOpen(row, versions.get(row.id))
  return rows
}

function assertOpen(row: SuccessionView, version: number | undefined): void {
  const about = aboutOf(row)
  if (row.state !== 'open') {
    const by = row.decidedBy ? ` by ${row.decidedBy}` : ''
    throw new DomainError('wrong_state', `${about}: it was ${closedWords[row.state]}${by} meanwhile.`)
  }
  if (version !== undefined && version !== row.version) {
    const asked = row.candidate ? `${row.candidate.name} is asked now` : 'nobody is asked now'
    throw new DomainError('stale', `${about} changed since you looked: ${asked}.`)
  }
}

/** @throws DomainError `forbidden` when somebody else is asked, `wrong_state` when the one who is asked has left as well. */
export function assertAsked(context: UseCaseContext, row: SuccessionView, verb: 'accept' | 'decline'): void {
  const { candidate } = row
  if (candidate === null || candidate.id !== context.actor.personId) {
    const who = candidate ? candidate.name : 'whoever is asked'
    throw new DomainError('forbidden', `${aboutOf(row)}: only ${who} can ${verb} this, and nobody for them.`)
  }
  if (candidate.status !== 'active')
    throw new DomainError('wrong_state', `${candidate.name} has left as well and cannot take it over.`)
}
