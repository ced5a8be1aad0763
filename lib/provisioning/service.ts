import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { defined } from '@/lib/registry/changes'
import { policyOf } from '@/lib/settings/store'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { departuresMax } from './departures'
import { countProvisioned, decideHeld, findHeld, markLeft } from './departures-store'
import { decidedSchema, decideHeldInput, heldPage, listHeldInput, provisioningSchema } from './model'
import { lastRequests } from './requests-store'
import { scimPath } from './scim/request'

const requestsShown = 50

const getProvisioning = defineQuery({
  name: 'provisioning.get',
  summary: 'The state of provisioning by SCIM: whom it brought, what is held, and the last requests',
  method: 'GET',
  path: '/provisioning',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: provisioningSchema,
  async handler({ db }) {
    const { active, inactive, teams, held } = await countProvisioned(db)
    const { holdAfter } = (await policyOf(db)).provisioning
    const requests = await lastRequests(db, requestsShown)
    return {
      path: scimPath,
      people: { active, inactive },
      teams,
      held,
      heldFrom: departuresMax(active, holdAfter),
      holdAfter,
      requests: requests.map((request) => ({ ...request, at: request.at.toISOString() })),
    }
  },
})

const listHeld = defineQuery({
  name: 'provisioning.held',
  summary: 'People of whom the identity provider says that they have left, held because too many left at once',
  method: 'GET',
  path: '/provisioning/held',
  alwaysPresent: true,
  input: listHeldInput,
  output: heldPage,
  async handler({ db }, { person, cursor, limit }) {
    const list = listName('held departures', { person })
    const rows = await findHeld(db, person, limit + 1, startOf(list, cursor))
    const shown = rows.map((row) => ({ ...row, at: row.at.toISOString() }))
    return cutPage(list, shown, limit, ({ at, id }) => [at, id])
  },
})

type Decision = z.output<typeof decideHeldInput>

/** Decides what waits. @throws DomainError `wrong_state` when nothing of it does any more. */
async function decide({ db, now }: UseCaseContext, { ids }: Decision, state: 'confirmed' | 'dismissed') {
  const people = await decideHeld(db, ids, state, now)
  if (people.length === 0)
    throw new DomainError('wrong_state', 'Nothing of this is held any more; the person came back, or somebody decided.')
  return people
}

/** The event of a decision about several people, with what it did to each. */
function eventOf(
  people: readonly { personId: string; externalId: string }[],
  outcome: { before: object; after: object },
  reason: string | undefined,
) {
  const changes = people.map(({ personId, externalId: slug }) => ({
    subjectType: 'person',
    subjectId: personId,
    before: { slug, ...outcome.before },
    after: { slug, ...outcome.after },
  }))
  return {
    subjectType: 'settings',
    subjectId: 'provisioning',
    after: { people: people.length },
    changes,
    ...defined({ reason }),
  }
}

const confirmHeld = defineCommand({
  name: 'provisioning.confirmHeld',
  summary: 'Confirm departures that were held: the people have left, and what they own is orphaned',
  method: 'POST',
  path: '/provisioning/held/confirm',
  input: decideHeldInput,
  output: decidedSchema,
  async handler(context, input) {
    await lockEstate(context)
    const people = await decide(context, input, 'confirmed')
    const leaving = people.filter(({ status }) => status === 'active').map(({ personId }) => personId)
    await markLeft(context.db, leaving, context.now)
    await settle(context, { people: leaving })
    const outcome = { before: { status: 'active' }, after: { status: 'left' } }
    return { output: { people: people.length }, event: eventOf(people, outcome, input.reason) }
  },
})

const dismissHeld = defineCommand({
  name: 'provisioning.dismissHeld',
  summary: 'Dismiss departures that were held: the feed was wrong, and the people stay',
  method: 'POST',
  path: '/provisioning/held/dismiss',
  input: decideHeldInput,
  output: decidedSchema,
  async handler(context, input) {
    await lockEstate(context)
    const people = await decide(context, input, 'dismissed')
    const outcome = { before: { departure: 'held' }, after: { departure: 'dismissed' } }
    return { output: { people: people.length }, event: eventOf(people, outcome, input.reason) }
  },
})

export const provisioningUseCases = {
  'provisioning.get': getProvisioning,
  'provisioning.held': listHeld,
  'provisioning.confirmHeld': confirmHeld,
  'provisioning.dismissHeld': dismissHeld,
}
