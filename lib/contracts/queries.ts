import { z } from 'zod'
import { pageOf } from '@/lib/http/page'
import { isoOf } from '@/lib/registry/shapes'
import { policyOf } from '@/lib/settings/store'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { canonicalText } from './canonical'
import { getContract, type StoredContract, signatoryOf, versionsOf } from './contract-store'
import { limitsChanges } from './diff'
import { lineDiff } from './line-diff'
import { countContracts, findContracts } from './list-store'
import { contractKey, contractStates } from './model'
import { remarksOn } from './remarks'
import { type ContractDetail, contractDetailSchema, contractRowSchema, listContractsInput } from './shapes'
import { findStandings } from './standing-store'
import { contractModels, modelOf, wasDiscarded } from './states'
import { verdictsOn } from './verdicts'

const dayMs = 86_400_000
const versionsShown = 100

/** The version of a tool's contract that an address names. */
export async function contractCalled(
  { db }: UseCaseContext,
  { tool, version }: { tool: string; version: number },
): Promise<StoredContract> {
  const contract = await getContract(db, tool, version)
  if (!contract) throw notFound(`Version ${version} of the contract of "${tool}"`)
  return contract
}

async function attestWithinDays({ db }: UseCaseContext): Promise<number> {
  return (await policyOf(db)).gaps.attestWithinDays
}

const listContracts = defineQuery({
  name: 'contracts.list',
  summary: 'Policy contracts by tool, the newest version of each first',
  method: 'GET',
  path: '/contracts',
  input: listContractsInput,
  output: pageOf(contractRowSchema),
  async handler(context, input) {
    const oldest = new Date(context.now.getTime() - (await attestWithinDays(context)) * dayMs)
    return await findContracts(context.db, input, oldest)
  },
})

const countOf = z.number().int()
const contractCounts = defineQuery({
  name: 'contracts.counts',
  summary: 'How many contracts stand where, and who writes those in force',
  method: 'GET',
  path: '/contracts/counts',
  input: z.strictObject({}),
  output: z.object({
    states: z.partialRecord(z.enum(contractStates), countOf),
    inForce: z.object({ [contractModels[0]]: countOf, [contractModels[1]]: countOf, unknown: countOf }),
  }),
  async handler({ db }) {
    const { states, ...inForce } = await countContracts(db)
    return { states, inForce }
  },
})

/** Everything the page of a version shows. */
async function describeContract(
  context: UseCaseContext,
  contract: StoredContract,
): Promise<z.input<typeof contractDetailSchema>> {
  const { db, actor, now } = context
  const days = await attestWithinDays(context)
  const [signatory, versions, points, may] = await Promise.all([
    signatoryOf(db, contract),
    versionsOf(db, contract.toolId, versionsShown),
    findStandings(db, { toolId: contract.toolId }, { actor, now, attestWithinDays: days }),
    verdictsOn(context, contract),
  ])
  const { id, tool, version, state, author, authoredBy, digest, revision, note, limits } = contract
  const signedOff: ContractDetail['signedOff'] =
    signatory.person || signatory.team ? { ...signatory, at: isoOf(contract.signedOffAt) } : null
  return {
    ...{ id, tool, version, state, author, authoredBy, digest, revision, note, limits, signedOff, points, may },
    discarded: wasDiscarded(contract),
    model: modelOf(author),
    vectors: limits.vectors?.length ?? 0,
    canonical: canonicalText(limits),
    remarks: remarksOn(limits),
    versions: versions.map((each) => ({
      version: each.version,
      state: each.state,
      discarded: wasDiscarded(each),
      digest: each.digest,
      createdAt: each.createdAt.toISOString(),
    })),
    attestWithinDays: days,
    inForceAt: isoOf(contract.inForceAt),
    supersededAt: isoOf(contract.supersededAt),
    createdAt: contract.createdAt.toISOString(),
    updatedAt: contract.updatedAt.toISOString(),
  }
}

const getOneContract = defineQuery({
  name: 'contracts.get',
  summary: 'One version of a contract with its limits, digest, signatures and attestations',
  method: 'GET',
  path: '/contracts/{tool}/{version}',
  input: z.strictObject(contractKey),
  output: contractDetailSchema,
  handler: async (context, key) => await describeContract(context, await contractCalled(context, key)),
})

const endSchema = z.object({ version: z.number().int(), state: z.enum(contractStates), digest: z.string() })
const lineSchema = z.object({ number: z.number().int(), text: z.string() }).nullable()

const diffContracts = defineQuery({
  name: 'contracts.diff',
  summary: 'What differs between two versions of a contract, in words and line by line',
  method: 'GET',
  path: '/contracts/{tool}/{version}/diff',
  input: z.strictObject({ ...contractKey, against: contractKey.version.describe('The version to compare with') }),
  output: z.object({
    from: endSchema,
    to: endSchema,
    changes: z.array(z.object({ kind: z.enum(['added', 'removed', 'changed']), field: z.string(), text: z.string() })),
    rows: z.array(z.object({ left: lineSchema, right: lineSchema, same: z.boolean() })),
  }),
  async handler(context, { tool, version, against }) {
    const [from, to] = await Promise.all([
      contractCalled(context, { tool, version: against }),
      contractCalled(context, { tool, version }),
    ])
    return { from, to, changes: limitsChanges(from.limits, to.limits), rows: lineDiff(from.limits, to.limits) }
  },
})

export const contractQueries = {
  'contracts.list': listContracts,
  'contracts.counts': contractCounts,
  'contracts.get': getOneContract,
  'contracts.diff': diffContracts,
}
