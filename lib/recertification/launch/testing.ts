import { v7 } from 'uuid'
import { toJson } from '@/lib/audit/model'
import type { Prisma } from '@/lib/db/generated/client'
import { launchCampaignsJob } from '@/lib/jobs/launch-campaigns'
import type { TestRegistry } from '@/lib/registry/testing'
import { definitionSchema } from '../model'

interface Made {
  definition?: object
  state?: 'draft' | 'scheduled' | 'launching'
  startsAt?: Date
  ownerId?: string | null
  trigger?: 'hand' | 'reiteration'
  parentId?: string
}

/** A campaign about to be launched, as starting one leaves it. */
export async function launchingCampaign({ database, now }: TestRegistry, made: Made = {}): Promise<{ id: string }> {
  const { definition, state = 'launching', startsAt = now(), ownerId = null, trigger = 'hand', parentId } = made
  const full = definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
    ...definition,
  })
  const id = v7()
  await database.prisma.campaign.create({
    data: {
      id,
      slug: `campaign-${id.slice(-12)}`,
      name: 'A campaign',
      kind: full.kind,
      state,
      trigger,
      definition: toJson(full) as Prisma.InputJsonValue,
      ownerId,
      ownerName: 'dan',
      startsAt,
      parentId: parentId ?? null,
      createdAt: now(),
      createdBy: 'dan',
      updatedAt: now(),
    },
  })
  return { id }
}

/** Runs the job as the scheduler does. */
export const runLaunchJob = async ({ database, now }: TestRegistry): Promise<void> =>
  await launchCampaignsJob.handle({ database, now: now(), runId: v7() })
