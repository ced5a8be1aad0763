import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { changesBetween, defined, editEntry } from '@/lib/registry/changes'
import { assertFresh } from '@/lib/registry/stale'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getCampaign, lockCampaign, type StoredCampaign } from '../campaign-store'
import { claimCampaignSlug, deleteDraft, insertDraft, updateDraft } from './campaign-writes-store'
import { type EarlyMove, standing } from './can'
import { assertNames, definitionWith, ownerNamed, refuseField } from './naming'
import { createCampaignInput, moveCampaignInput, savedCampaignSchema, updateCampaignInput } from './shapes'
import { templateCalled } from './templates/store'

type CreateInput = z.output<typeof createCampaignInput>

/** What a new campaign is to be: all that was sent, or what a template says with what differs from it. */
async function wantedBy(context: UseCaseContext, { name, description, definition, template, overrides }: CreateInput) {
  if (template === undefined) {
    if (!definition) throw refuseField('definition', 'Say what it asks about, or name a template')
    if (name === undefined) throw refuseField('name', 'Give it a name')
    return { name, description: description ?? '', definition, templateId: null, at: 'definition' }
  }
  if (definition && overrides) throw refuseField('overrides', 'Send either all of the definition or what differs')
  const found = await templateCalled(context.db, template)
  return {
    name: name ?? found.name,
    description: description ?? found.description,
    definition: definition ?? definitionWith(found.definition, overrides ?? {}),
    templateId: found.id,
    at: definition ? 'definition' : 'overrides',
  }
}

const createCampaign = defineCommand({
  name: 'campaigns.create',
  summary: 'Draft a campaign, from scratch or from a template',
  method: 'POST',
  path: '/campaigns',
  input: createCampaignInput,
  output: savedCampaignSchema,
  async handler(context, input) {
    const { at, ...wanted } = await wantedBy(context, input)
    await assertNames(context, wanted.definition, at)
    const owner = await ownerNamed(context, input.owner)
    const slug = await claimCampaignSlug(context, 'campaign', wanted.name)
    const id = await insertDraft(context, { ...wanted, slug, owner })
    const after = { slug, name: wanted.name, owner: owner.name, definition: toJson(wanted.definition) }
    return {
      output: { id, slug, version: 1, state: 'draft' as const },
      event: {
        subjectType: 'campaign',
        subjectId: id,
        after: { ...after, ...(input.template !== undefined && { template: input.template }) },
        ...defined({ reason: input.reason }),
      },
    }
  },
})

/**
 * The campaign to be changed before it runs, locked, in a state that allows it and at the version that was looked at.
 * @throws DomainError `not_found`, `wrong_state` or `stale`
 */
export async function lockedForMove(
  context: UseCaseContext,
  move: EarlyMove,
  { slug, version }: { slug: string; version?: number | undefined },
): Promise<StoredCampaign> {
  const { id } = await getCampaign(context.db, slug)
  const campaign = await lockCampaign(context.db, id)
  const verdict = standing[move](campaign.state)
  if (verdict !== true) throw new DomainError('wrong_state', verdict)
  if (version !== undefined) await assertFresh(context, { type: 'campaign', ...campaign }, version)
  return campaign
}

const updateCampaign = defineCommand({
  name: 'campaigns.update',
  summary: 'Change a campaign that was not launched yet',
  method: 'PATCH',
  path: '/campaigns/{slug}',
  input: updateCampaignInput,
  output: savedCampaignSchema,
  async handler(context, { slug, version, name, description, definition, owner: ownerKey, reason }) {
    const campaign = await lockedForMove(context, 'edit', { slug, version })
    if (definition) await assertNames(context, definition)
    const owner = ownerKey === undefined ? undefined : await ownerNamed(context, ownerKey)
    const changes = changesBetween(
      {
        name: campaign.name,
        description: campaign.description,
        definition: toJson(campaign.definition),
        owner: campaign.ownerName,
      },
      { name, description, definition: definition && toJson(definition), owner: owner?.name },
    )
    await updateDraft(context, campaign.id, { name, description, definition, owner })
    return {
      output: { id: campaign.id, slug, version: version + 1, state: campaign.state },
      event: editEntry({ type: 'campaign', id: campaign.id, slug }, changes, reason),
    }
  },
})

const discardCampaign = defineCommand({
  name: 'campaigns.discard',
  summary: 'Throw away a campaign that was not launched yet',
  method: 'DELETE',
  path: '/campaigns/{slug}',
  input: moveCampaignInput,
  output: z.object({}),
  async handler(context, { reason, ...input }) {
    const campaign = await lockedForMove(context, 'discard', input)
    await deleteDraft(context, campaign.id)
    const { slug, name, state } = campaign
    return {
      output: {},
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        before: { slug, name, state, definition: toJson(campaign.definition) },
        ...defined({ reason }),
      },
    }
  },
})

export const campaignWrites = {
  'campaigns.create': createCampaign,
  'campaigns.update': updateCampaign,
  'campaigns.discard': discardCampaign,
}
