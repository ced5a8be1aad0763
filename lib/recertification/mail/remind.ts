import 'server-only'
import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { externalIdSchema, slugSchema } from '@/lib/registry/model'
import { personNamed } from '@/lib/registry/references'
import { bounded, boundedOf } from '@/lib/registry/shapes'
import { policyOf } from '@/lib/settings/store'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getCampaign, lockCampaign, type StoredCampaign } from '../campaign-store'
import { campaignJobs } from '../jobs'
import { askReminders, findReached, type Reminding } from './remind-store'

const remindInput = z.strictObject({
  slug: slugSchema,
  person: externalIdSchema.optional().describe('Only this person; everybody with open items when left out'),
})
const counts = {
  reminded: z.number().int().describe('People who are told with their next mail'),
  tomorrow: z.number().int().describe('Of them, those who had a mail today, where they are, and are told tomorrow'),
}
const namedSchema = z.object({ externalId: z.string(), name: z.string() })
const reachSchema = z.object({
  ...counts,
  people: boundedOf(
    z.object({
      person: namedSchema,
      standIn: namedSchema.nullable().describe('Who gets the mail instead, as long as their reviews are handed over'),
      open: z.number().int().describe('What they have to answer, without what they put off'),
      hears: z.enum(['today', 'tomorrow']),
    }),
  ),
})
export type ReminderReach = z.infer<typeof reachSchema>

async function remindingOf(
  context: UseCaseContext,
  campaign: StoredCampaign,
  key: string | undefined,
): Promise<Reminding & { name: string | null }> {
  if (campaign.state !== 'running')
    throw new DomainError('wrong_state', `“${campaign.name}” is not running: nobody is asked anything.`)
  const person = key === undefined ? null : await personNamed(context, 'person', key)
  const { timeZone } = (await policyOf(context.db)).reviews
  return { campaign, personId: person?.id ?? null, name: person?.name ?? null, timeZone, now: context.now }
}

const remindPreview = defineQuery({
  name: 'campaigns.remindPreview',
  summary: 'Show whom a reminder would reach, and who of them hears of it tomorrow; writes nothing',
  method: 'GET',
  path: '/campaigns/{slug}/remind-preview',
  input: remindInput,
  output: reachSchema,
  async handler(context, { slug, person }) {
    const reminding = await remindingOf(context, await getCampaign(context.db, slug), person)
    const { rows, ...reach } = await findReached(context.db, reminding)
    return { ...reach, people: bounded(rows) }
  },
})

/** Has those who have not answered reminded with their next mail: today, unless they had one today already. */
const remind = defineCommand({
  name: 'campaigns.remind',
  summary: 'Remind those who have not answered: one person, or everybody with open items',
  method: 'POST',
  path: '/campaigns/{slug}/remind',
  input: remindInput,
  output: z.object(counts),
  async handler(context, { slug, person: key }) {
    const { db } = context
    const campaign = await lockCampaign(db, (await getCampaign(db, slug)).id, 'decisions')
    const reminding = await remindingOf(context, campaign, key)
    const reminded = await askReminders(context, reminding)
    if (reminded.reminded === 0)
      throw new DomainError(
        'refused',
        `${reminding.name === null ? 'Nobody has anything' : `${reminding.name} has nothing`} to answer now.`,
      )
    await wakeJob(db, campaignJobs.mail)
    return {
      output: reminded,
      event: { subjectType: 'campaign', subjectId: campaign.id, after: { slug, ...reminded, person: key ?? null } },
    }
  },
})

export const reminders = { 'campaigns.remind': remind, 'campaigns.remindPreview': remindPreview }
