import { writeOwners } from '@/lib/ownership/name-owners'
import { standingAt, targetKey } from '@/lib/ownership/target-store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { Act } from './plan'

type Reassign = Extract<Act, { type: 'reassign' }>

/** What reassigning came to. `refused` says of each, in the order given, why it was not done; null where it was. */
interface Reassigned {
  /** The assignments that began or ended. */
  assignments: string[]
  refused: (string | null)[]
}

/** Names other teams, each of which is then asked to accept. The caller holds the lock of the estate and settles. */
export async function reassign(
  context: UseCaseContext,
  campaign: string,
  acts: readonly Reassign[],
): Promise<Reassigned> {
  if (acts.length === 0) return { assignments: [], refused: [] }
  const standing = await standingAt(
    context.db,
    acts.map(({ target }) => target),
  )
  const named = new Set<string>()
  const refused = acts.map(({ target, to, assignment }) => {
    const key = targetKey(target.layer, target.scope, target.subjectId)
    const current = standing.get(key)
    const isFirst = !named.has(key)
    named.add(key)
    if (!isFirst) return 'Another item of the campaign named an owner for the same layer.'
    if (current && current.validFrom > context.now)
      return `Another owner is already named there from ${current.validFrom.toISOString().slice(0, 10)}.`
    if (assignment && current?.id !== assignment.id) return 'Somebody else was named there meanwhile.'
    if (current && current.teamId === to.team.id && current.personId === (to.person?.id ?? null))
      return `${to.team.name} owns it already.`
    return null
  })
  const changes = acts.flatMap(({ target, to, decision }, index) =>
    refused[index] === null
      ? [
          {
            target,
            owner: { team: to.team, personId: to.person?.id ?? null, deputyIds: [] },
            expected: undefined,
            reason: reasonOf(campaign, decision),
          },
        ]
      : [],
  )
  const validFrom = context.now
  const { created, ended } = await writeOwners(context, changes, { reason: campaign, validFrom })
  return { assignments: [...created, ...ended], refused }
}

function reasonOf(campaign: string, decision: Reassign['decision']): string {
  const by = decision === null ? '' : ` by ${decision.by}`
  const comment = decision?.comment ? `: ${decision.comment}` : ''
  return `Reassigned in the campaign “${campaign}”${by}${comment}`
}
