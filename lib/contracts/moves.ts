import { lockEstate, settle } from '@/lib/estate/settle'
import { defined } from '@/lib/registry/changes'
import { reasonSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { contractInForce, type StoredContract } from './contract-store'
import { recheckSamples } from './decision-log/recheck'
import { contractCalled } from './queries'
import { mayAuthor } from './rights'
import { moveInput, savedContractSchema } from './shapes'
import { can } from './states'
import { signingTeamOf, standingOf } from './verdicts'
import { assertRead, nameOf } from './write'

interface MoveInput {
  tool: string
  version: number
  revision: number
  reason?: string | undefined
}

/** The contract to be moved, when its state allows the move and nobody changed it since the actor read it. */
async function movable(
  context: UseCaseContext,
  move: 'sign' | 'activate' | 'discard',
  input: MoveInput,
): Promise<StoredContract> {
  // Writers of the estate take turns: of two who put a version in force at once, the second sees what the first did.
  await lockEstate(context)
  const contract = await contractCalled(context, input)
  const verdict = can[move](await standingOf(context, contract))
  if (verdict !== true) throw new DomainError('wrong_state', verdict)
  await assertRead(context, contract, input.revision)
  return contract
}

/** Answer and audit entry of a move; `more` is what it says besides the new state. */
async function moved(
  context: UseCaseContext,
  contract: StoredContract,
  to: StoredContract['state'],
  reason: string | undefined,
  more: { [field: string]: string | number } = {},
) {
  await settle(context, { tools: [contract.toolId] })
  const { id, tool, version, revision, digest } = contract
  const slug = nameOf(tool.slug, version)
  return {
    output: { id, tool: tool.slug, version, revision: revision + 1, digest },
    event: {
      subjectType: 'contract',
      subjectId: id,
      before: { slug, state: contract.state },
      // The digest says which text was meant, whatever is made of the row later.
      after: { slug, state: to, digest, ...more },
      ...defined({ reason }),
    },
  }
}

const signContract = defineCommand({
  name: 'contracts.sign',
  summary: 'Sign a draft off as a person of a security team who did not write it',
  method: 'POST',
  path: '/contracts/{tool}/{version}/sign',
  reauthenticates: true,
  input: moveInput.extend({ reason: reasonSchema.optional() }),
  output: savedContractSchema,
  async handler(context, input) {
    const contract = await movable(context, 'sign', input)
    const signing = await signingTeamOf(context, contract)
    if (typeof signing === 'string') throw new DomainError('forbidden', signing)
    const { actor, now, db } = context
    await db.prisma.contract.update({
      where: { id: contract.id },
      data: {
        ...{
          state: 'signed_off',
          signedById: actor.id,
          signedOffById: actor.personId,
          signedOffTeamId: signing.teamId,
        },
        ...{ signedOffAt: now, revision: contract.revision + 1, updatedAt: now },
      },
    })
    return await moved(context, contract, 'signed_off', input.reason)
  },
})

const activateContract = defineCommand({
  name: 'contracts.activate',
  summary: 'Put a signed-off version in force; the one before it is superseded',
  method: 'POST',
  path: '/contracts/{tool}/{version}/activate',
  input: moveInput.extend({ reason: reasonSchema.optional() }),
  output: savedContractSchema,
  async handler(context, input) {
    const contract = await movable(context, 'activate', input)
    const { now, db } = context
    const earlier = await contractInForce(db, contract.toolId)
    if (earlier) {
      await db.prisma.contract.update({
        where: { id: earlier.id },
        data: {
          ...{ state: 'superseded', supersededAt: now, updatedAt: now, revision: { increment: 1 } },
          // One that came with an import does not say since when it was in force.
          inForceAt: earlier.inForceAt ?? earlier.signedOffAt ?? earlier.createdAt,
        },
      })
    }
    await db.prisma.contract.update({
      where: { id: contract.id },
      data: { state: 'in_force', inForceAt: now, revision: contract.revision + 1, updatedAt: now },
    })
    await recheckSamples(context, contract.toolId)
    return await moved(context, contract, 'in_force', input.reason, earlier ? { supersedes: earlier.version } : {})
  },
})

const discardContract = defineCommand({
  name: 'contracts.discard',
  summary: 'Give up a version that is not in force',
  method: 'POST',
  path: '/contracts/{tool}/{version}/discard',
  input: moveInput.extend({ reason: reasonSchema }),
  output: savedContractSchema,
  async handler(context, input) {
    const contract = await movable(context, 'discard', input)
    const allowed = mayAuthor(context.actor, contract.author)
    if (allowed !== true) throw new DomainError('forbidden', allowed)
    const { now, db } = context
    await db.prisma.contract.update({
      where: { id: contract.id },
      data: { state: 'superseded', supersededAt: now, revision: contract.revision + 1, updatedAt: now },
    })
    return await moved(context, contract, 'superseded', input.reason)
  },
})

export const contractMoves = {
  'contracts.sign': signContract,
  'contracts.activate': activateContract,
  'contracts.discard': discardContract,
}
