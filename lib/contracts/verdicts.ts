import { mayRun } from '@/lib/access/permissions'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { contractInForce, type StoredContract, teamsOfPerson, writersOf } from './contract-store'
import { mayAuthor } from './rights'
import { type ContractStanding, can, signingTeam } from './states'

/** What the moves of a stored contract depend on. */
export async function standingOf({ db }: UseCaseContext, contract: StoredContract): Promise<ContractStanding> {
  const inForce = await contractInForce(db, contract.toolId)
  return {
    version: contract.version,
    state: contract.state,
    isEmpty: Object.keys(contract.limits).length === 0,
    author: contract.author,
    inForceVersion: inForce?.version ?? null,
  }
}

/** The team for which the actor may sign this contract, or the reason why they may not. */
export async function signingTeamOf(
  { db, actor }: UseCaseContext,
  contract: StoredContract,
): Promise<{ teamId: string } | string> {
  const [teams, writers] = await Promise.all([
    actor.personId === null ? [] : teamsOfPerson(db, actor.personId),
    writersOf(db, contract),
  ])
  return signingTeam(contract, { accountId: actor.id, personId: actor.personId, teams }, writers)
}

const first = (...verdicts: readonly (true | string)[]): true | string =>
  verdicts.find((verdict) => verdict !== true) ?? true

/** What the actor may do with a contract now: the state's answer first, then the actor's. */
export async function verdictsOn(context: UseCaseContext, contract: StoredContract) {
  const { actor } = context
  const standing = await standingOf(context, contract)
  const signing = await signingTeamOf(context, contract)
  const author = mayAuthor(actor, contract.author)
  return {
    edit: first(can.edit(standing), author),
    sign: first(can.sign(standing), mayRun('contracts.sign', actor), typeof signing === 'string' ? signing : true),
    activate: first(can.activate(standing), mayRun('contracts.activate', actor)),
    discard: first(can.discard(standing), author),
  }
}
