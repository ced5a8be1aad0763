import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import { forgetProvisioned } from '@/lib/provisioning/erase-store'
import { getPerson } from '@/lib/registry/people/store'
import { findPerson } from '@/lib/registry/references'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { eraseFromRegistry, eraseOpenings, whomToForget } from './erase-store'

const refSchema = z.string().min(1).max(200).describe('External id or id')

/** Forgets what the audit log and the registry, of now and of then, hold of a person who has left. The event of it names nobody but who did it. */
const erasePerson = defineCommand({
  name: 'people.erase',
  summary:
    'Erase the personal data of somebody who has left from the registry, its past and the audit log; proofs go on holding',
  method: 'POST',
  path: '/people/{person}/erase',
  reauthenticates: true,
  input: z.strictObject({ person: refSchema }),
  output: z.object({
    erased: z.int().describe('Values of the audit log that are gone'),
    rows: z.int().describe('Rows of the registry and its past that have lost something'),
  }),
  async handler(context, { person: ref }) {
    await lockEstate(context)
    const found = await findPerson(context, ref)
    const person = found && (await getPerson(context.db, found.id))
    if (!person) throw notFound('The person')
    if (person.status !== 'left')
      throw new DomainError('wrong_state', `${person.name} is active. Mark them as left first.`)
    const whom = await whomToForget(context.db, person.id)
    const erased = await eraseOpenings(context.db, whom)
    const rows = (await eraseFromRegistry(context.db, whom)) + (await forgetProvisioned(context.db, whom))
    const output = { erased, rows }
    return { output, event: { subjectType: 'person', subjectId: person.id, after: output } }
  },
})

export const erasureUseCases = { 'people.erase': erasePerson }
