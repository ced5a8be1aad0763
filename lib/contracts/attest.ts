import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageInput, pageOf } from '@/lib/http/page'
import { proseSchema, slugSchema } from '@/lib/registry/model'
import { pointNamed, toolNamed } from '@/lib/registry/references'
import { pointRefSchema, toolRefSchema } from '@/lib/registry/shapes'
import { policyOf } from '@/lib/settings/store'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { findAttestations } from './attestation-store'
import { contractInForce, contractsOfDigest, versionsOf } from './contract-store'
import { contractStates, digestSchema } from './model'
import { mayAttest } from './rights'
import { attestationSchema, standingSchema } from './shapes'
import { findStandings, isOnPathTo } from './standing-store'
import { wasDiscarded } from './states'

/** How many digests a refusal names. */
const digestsNamed = 5

export const listAttestationsInput = z.strictObject({
  tool: slugSchema.optional(),
  point: slugSchema.optional(),
  ...pageInput,
})
export const attestationRowSchema = attestationSchema.extend({ tool: toolRefSchema, point: pointRefSchema })

const listAttestations = defineQuery({
  name: 'attestations.list',
  summary: 'What enforcement points stated to enforce, the latest first',
  method: 'GET',
  path: '/attestations',
  input: listAttestationsInput,
  output: pageOf(attestationRowSchema),
  handler: async ({ db }, input) => await findAttestations(db, input),
})

const attestationStandings = defineQuery({
  name: 'attestations.standing',
  summary: 'Per point and tool: the latest attestation beside the contract in force',
  method: 'GET',
  path: '/attestations/standing',
  input: z
    .strictObject({ tool: slugSchema.optional(), point: slugSchema.optional() })
    .refine(
      ({ tool, point }) => (tool === undefined) !== (point === undefined),
      'Name the tool or the point, one of them',
    ),
  output: z.object({ rows: z.array(standingSchema), more: z.boolean() }),
  async handler(context, { tool, point }) {
    const { db, actor, now } = context
    const { attestWithinDays } = (await policyOf(db)).gaps
    const of =
      tool === undefined
        ? { pointId: (await pointNamed(context, 'point', point ?? '')).id }
        : { toolId: (await toolNamed(context, 'tool', tool)).id }
    return await findStandings(db, of, { actor, now, attestWithinDays })
  },
})

interface Named {
  id: string
  name: string
}

/** The version that a digest names. @throws DomainError `refused` with the digests there are. */
async function contractAttested({ db }: UseCaseContext, tool: Named, digest: string) {
  const [contract] = (await contractsOfDigest(db, tool.id, digest)).filter((found) => !wasDiscarded(found))
  if (contract) return contract
  const versions = (await versionsOf(db, tool.id, 100)).filter((each) => each.state !== 'draft' && !wasDiscarded(each))
  const inForce = versions.filter(({ state }) => state === 'in_force')
  const known = [...inForce, ...versions.filter((each) => !inForce.includes(each))]
    .slice(0, digestsNamed)
    .map((each) => `version ${each.version}${each.state === 'in_force' ? ' (in force)' : ''} ${each.digest}`)
  const message =
    known.length === 0
      ? `${tool.name} has no contract that was signed off; there is nothing to attest to`
      : `No contract of ${tool.name} has this digest; there is ${known.join(', ')}`
  throw new DomainError('refused', `${message}.`, { fields: [{ field: 'digest', message }] })
}

async function assertMayStand(context: UseCaseContext, point: Named & { slug: string }, tool: Named): Promise<void> {
  const { teamId } = await context.db.prisma.enforcementPoint.findUniqueOrThrow({
    where: { id: point.id },
    select: { teamId: true },
  })
  const verdict = mayAttest(context.actor, { name: point.name, teamId })
  if (verdict !== true) throw new DomainError('forbidden', verdict)
  if (await isOnPathTo(context.db, point.id, tool.id)) return
  const message = `${point.name} is on no path to ${tool.name} and is not its application; record the path on a binding first`
  throw new DomainError('refused', `${message}.`, { fields: [{ field: 'point', message }] })
}

const createAttestation = defineCommand({
  name: 'attestations.create',
  summary: 'State which contract an enforcement point enforces for a tool',
  method: 'POST',
  path: '/attestations',
  input: z.strictObject({
    point: slugSchema,
    tool: slugSchema,
    digest: digestSchema.describe('Digest of the contract that is enforced there'),
    note: proseSchema.optional(),
  }),
  output: z.object({
    id: z.uuid(),
    point: z.string(),
    tool: z.string(),
    version: z.number().int(),
    state: z.enum(contractStates),
    digest: z.string(),
    inForce: z.boolean().describe('Whether what is attested is what is in force'),
    message: z.string(),
  }),
  async handler(context, { point: pointSlug, tool: toolSlug, digest, note }) {
    await lockEstate(context)
    const { actor, now, db } = context
    const [point, tool] = [await pointNamed(context, 'point', pointSlug), await toolNamed(context, 'tool', toolSlug)]
    await assertMayStand(context, point, tool)
    const contract = await contractAttested(context, tool, digest)
    const id = context.newId()
    const by = actor.tokenName ?? actor.name
    await db.prisma.attestation.create({
      data: {
        ...{ id, pointId: point.id, toolId: tool.id, contractId: contract.id, at: now, receivedAt: now },
        ...{ source: actor.kind === 'token' ? 'token' : 'person', by, note: note || null },
        byPersonId: actor.kind === 'token' ? null : actor.personId,
      },
    })
    await settle(context, { tools: [tool.id] })
    const { version, state } = contract
    const present = state === 'in_force' ? null : await contractInForce(db, tool.id)
    const aside = present
      ? `version ${present.version} is in force, so this shows as drift`
      : 'no version is in force yet'
    const message = `${point.name} attests to version ${version} of ${tool.name}${state === 'in_force' ? ', which is in force' : `; ${aside}`}.`
    return {
      output: {
        id,
        point: point.slug,
        tool: tool.slug,
        version,
        state,
        digest,
        inForce: state === 'in_force',
        message,
      },
      event: {
        subjectType: 'attestation',
        subjectId: id,
        after: {
          slug: `${point.slug}/${tool.slug}`,
          point: point.slug,
          tool: tool.slug,
          version,
          digest,
          by,
          ...(note && { note }),
        },
      },
    }
  },
})

export const attestationUseCases = {
  'attestations.list': listAttestations,
  'attestations.standing': attestationStandings,
  'attestations.create': createAttestation,
}
