import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate, settle } from '@/lib/estate/settle'
import { changesBetween, defined, editEntry } from '@/lib/registry/changes'
import { proseSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { teamNamed, toolNamed } from '@/lib/registry/references'
import { assertFresh } from '@/lib/registry/stale'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { contractInForce, nextVersion, type StoredContract } from './contract-store'
import { limitsDigest } from './digest'
import { type Limits, limitsSchema, limitsShape } from './model'
import { contractCalled } from './queries'
import { mayAuthor } from './rights'
import { moveInput, savedContractSchema } from './shapes'
import { can } from './states'
import { standingOf } from './verdicts'

const noteSchema = proseSchema.describe('What this version is for')

/** How the audit log and its readers call a version. */
export const nameOf = (tool: string, version: number) => `${tool}@v${version}`

/** Refuses when the row moved on since the actor read it. */
export async function assertRead(context: UseCaseContext, contract: StoredContract, revision: number): Promise<void> {
  const { id, updatedAt } = contract
  await assertFresh(context, { type: 'contract', id, updatedAt, version: contract.revision }, revision)
}

/** The author team, when the actor may write for it. */
async function authorNamed(context: UseCaseContext, slug: string) {
  const team = await teamNamed(context, 'author', slug)
  const verdict = mayAuthor(context.actor, team)
  if (verdict !== true) throw new DomainError('forbidden', verdict)
  return team
}

async function limitsInForce(context: UseCaseContext, toolId: string): Promise<Limits> {
  const inForce = await contractInForce(context.db, toolId)
  return inForce ? limitsShape.parse(inForce.limits) : {}
}

const createContract = defineCommand({
  name: 'contracts.create',
  summary: 'Begin a draft of a tool’s next contract, from the one in force unless limits are given',
  method: 'POST',
  path: '/contracts',
  input: z.strictObject({
    tool: slugSchema,
    author: slugSchema.describe('Slug of the team that writes it'),
    limits: limitsSchema.optional(),
    note: noteSchema.optional(),
    reason: reasonSchema.optional(),
  }),
  output: savedContractSchema,
  async handler(context, { tool: toolSlug, author: authorSlug, limits: given, note, reason }) {
    await lockEstate(context)
    const { db, actor, now } = context
    const tool = await toolNamed(context, 'tool', toolSlug)
    if (tool.lifecycle === 'retired')
      throw new DomainError('wrong_state', `${tool.name} is retired; it gets no contract any more.`)
    const author = await authorNamed(context, authorSlug)
    const version = await nextVersion(db, tool.id)
    const limits = toJson(given ?? (await limitsInForce(context, tool.id)))
    const digest = limitsDigest(limits)
    const { id } = await db.prisma.contract.create({
      data: {
        ...{ id: context.newId(), toolId: tool.id, version, state: 'draft', limits: limits ?? {}, digest },
        ...{ authorTeamId: author.id, authoredById: actor.id, authoredBy: actor.name, note: note || null },
        ...{ createdAt: now, updatedAt: now },
      },
    })
    await settle(context, { tools: [tool.id] })
    const after = { slug: nameOf(tool.slug, version), author: author.slug, digest, limits, ...(note && { note }) }
    return {
      output: { id, tool: tool.slug, version, revision: 1, digest },
      event: { subjectType: 'contract', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

const updateContract = defineCommand({
  name: 'contracts.update',
  summary: 'Edit a draft of a contract',
  method: 'PATCH',
  path: '/contracts/{tool}/{version}',
  input: moveInput.extend({
    author: slugSchema.optional(),
    limits: limitsSchema.optional(),
    note: noteSchema.optional(),
    reason: reasonSchema.optional(),
  }),
  output: savedContractSchema,
  async handler(context, { tool, version, revision, author: authorSlug, limits, note, reason }) {
    await lockEstate(context)
    const contract = await contractCalled(context, { tool, version })
    const verdict = can.edit(await standingOf(context, contract))
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    await assertRead(context, contract, revision)
    const allowed = mayAuthor(context.actor, contract.author)
    if (allowed !== true) throw new DomainError('forbidden', allowed)
    const author = authorSlug === undefined ? undefined : await authorNamed(context, authorSlug)
    const document = limits && toJson(limits)
    const digest = document === undefined ? contract.digest : limitsDigest(document)
    const changes = changesBetween(
      {
        author: contract.author?.slug ?? null,
        limits: toJson(contract.limits),
        digest: contract.digest,
        note: contract.note ?? '',
      },
      { author: author?.slug, limits: document, digest, note },
    )
    await context.db.prisma.contract.update({
      where: { id: contract.id },
      data: {
        ...defined({ authorTeamId: author?.id, limits: document ?? undefined, note }),
        ...{ digest, revision: revision + 1, updatedAt: context.now },
      },
    })
    await settle(context, { tools: [contract.toolId] })
    return {
      output: { id: contract.id, tool, version, revision: revision + 1, digest },
      event: editEntry({ type: 'contract', id: contract.id, slug: nameOf(tool, version) }, changes, reason),
    }
  },
})

export const contractWrites = {
  'contracts.create': createContract,
  'contracts.update': updateContract,
}
