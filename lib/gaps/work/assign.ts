import { toJson } from '@/lib/audit/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { assertStanding, auditSubject, chosenGaps } from './chosen'
import { type WorkedGap, writeGapEdits } from './gap-store'
import { leadsGaps } from './may'
import { assignInput, workedSchema } from './model'

/** Gives gaps to a person, or takes them back: all of them or none. */
export const assignGaps = defineCommand({
  name: 'gaps.assign',
  summary: 'Give gaps to a person, or to nobody',
  method: 'POST',
  path: '/gaps/assign',
  input: assignInput,
  output: workedSchema,
  async handler(context, { ids, assignee, note, versions }) {
    const gaps = await chosenGaps(context, ids, versions)
    const person = assignee === null ? null : await activePerson(context, assignee)
    await assertMayGive(context, gaps, person)
    assertUnresolved(gaps)
    const moving = gaps.filter((gap) => (gap.assignee?.id ?? null) !== (person?.id ?? null))
    const said = person ? `Assigned to ${person.name}` : 'Assigned to nobody'
    await writeGapEdits(
      context,
      moving.map((gap) => ({ gap, assigneeId: person?.id ?? null, note: note ? `${said}: ${note}` : said })),
    )
    return {
      output: { changed: moving.length },
      event: {
        ...auditSubject(gaps),
        before: toJson(moving.map((gap) => ({ id: gap.id, assignee: gap.assignee?.externalId ?? null }))),
        after: toJson(moving.map(({ id }) => ({ id, assignee: person?.externalId ?? null }))),
        ...(note && { reason: note }),
      },
    }
  },
})

async function activePerson({ db }: UseCaseContext, externalId: string) {
  const person = await db.prisma.person.findUnique({
    where: { externalId },
    select: { id: true, externalId: true, name: true, status: true },
  })
  const refuse = (message: string) =>
    new DomainError('invalid_input', message, { fields: [{ field: 'assignee', message }] })
  if (!person) throw refuse(`There is no person "${externalId}".`)
  if (person.status !== 'active') throw refuse(`${person.name} has left; choose somebody who is still here.`)
  return person
}

/** Who does not lead may take on what is their business, and give back what they have. */
async function assertMayGive(context: UseCaseContext, gaps: readonly WorkedGap[], person: { id: string } | null) {
  const { actor } = context
  if (leadsGaps(actor)) return
  const own = person ? person.id === actor.personId : gaps.every((gap) => gap.assignee?.id === actor.personId)
  if (!own) throw new DomainError('forbidden', 'Only a governance lead can assign a gap to somebody else.')
  await assertStanding(context, gaps)
}

/** @throws DomainError `wrong_state` when there is nothing left to do about one of them. */
export function assertUnresolved(gaps: readonly WorkedGap[]): void {
  const resolved = gaps.find(({ state }) => state === 'resolved')
  if (resolved)
    throw new DomainError('wrong_state', `The gap ${resolved.rule} on ${resolved.subjectSlug} is resolved already.`)
}
