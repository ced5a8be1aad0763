import { v7 } from 'uuid'
import { scheduleCampaignsJob } from '@/lib/jobs/schedule-campaigns'
import type { TestRegistry } from '@/lib/registry/testing'
import { definitionSchema, type Schedule, scheduleSchema } from '../model'
import { firstLaunch } from './next-launch'

interface Made {
  name?: string
  definition?: object
  enabled?: boolean
}

/** A template that launches by itself, as making one leaves it. */
export async function scheduledTemplate(
  { database, now }: TestRegistry,
  schedule: Schedule,
  { name = 'A review', definition, enabled = true }: Made = {},
): Promise<{ id: string; slug: string }> {
  const full = definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
    ...definition,
  })
  const first = firstLaunch(schedule, now())
  const id = v7()
  const slug = `review-${id.slice(-10)}`
  await database.prisma.campaignTemplate.create({
    data: {
      id,
      slug,
      name,
      kind: full.kind,
      definition: full,
      launch: schedule.launch,
      schedule: scheduleSchema.parse(schedule),
      enabled,
      nextOn: first && new Date(first.on),
      nextAt: first?.at ?? null,
      createdAt: now(),
      updatedAt: now(),
    },
  })
  return { id, slug }
}

/** Runs the job as the scheduler does. */
export const runScheduleJob = async ({ database, now }: TestRegistry): Promise<void> =>
  await scheduleCampaignsJob.handle({ database, now: now(), runId: v7() })
