import { z } from 'zod'
import { getPerson } from '@/lib/registry/people/store'
import { findPerson } from '@/lib/registry/references'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { eraseOpenings } from './erase-store'

const refSchema = z.string().min(1).max(200).describe('External id or id')

/** Forgets what the audit log holds of a person who has left. The event of it names nobody but who did it. */
const erasePerson = defineCommand({
  name: 'people.erase',
  summary: 'Erase the personal data of somebody who has left from the audit log; its proofs go on holding',
  method: 'POST',
  path: '/people/{person}/erase',
  input: z.strictObject({ person: refSchema }),
  output: z.object({ erased: z.int().describe('Values that are gone') }),
  async handler(context, { person: ref }) {
    const found = await findPerson(context, ref)
    const person = found && (await getPerson(context.db, found.id))
    if (!person) throw notFound('The person')
    if (person.status !== 'left')
      throw new DomainError('wrong_state', `${person.name} is active. Mark them as left first.`)
    const erased = await eraseOpenings(context.db, { personId: person.id, name: person.name, email: person.email })
    return { output: { erased }, event: { subjectType: 'person', subjectId: person.id, after: { erased } } }
  },
})

export const erasureUseCases = { 'people.erase': erasePerson }
