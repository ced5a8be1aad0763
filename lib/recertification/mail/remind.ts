import 'server-only'
import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { externalIdSchema, slugSchema } from '@/lib/registry/model'
import { personNamed } from '@/lib/registry/references'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getCampaign, lockCampaign } from '../campaign-store'
import { campaignJobs } from '../jobs'
import { askReminders } from './remind-store'

/** Has those who have not answered reminded with their next mail: today, unless they had one today already. */
const remind = defineCommand({
  name: 'campaigns.remind',
  summary: 'Remind those who have not answered: one person, or everybody with open items',
  method: 'POST',
  path: '/campaigns/{slug}/remind',
  input: z.strictObject({
    slug: slugSchema,
    person: externalIdSchema.optional().describe('Only this person; everybody with open items when left out'),
  }),
  output: z.object({
    reminded: z.number().int().describe('People who are told with their next mail'),
    tomorrow: z.number().int().describe('Of them, those who had a mail today and are told tomorrow'),
  }),
  async handler(context, { slug, person: key }) {
    const { db } = context
    const campaign = await lockCampaign(db, (await getCampaign(db, slug)).id, 'decisions')
    if (campaign.state !== 'running')
      throw new DomainError('wrong_state', `“${campaign.name}” is not running: nobody is asked anything.`)
    const person = key === undefined ? null : await personNamed(context, 'person', key)
    const reminded = await askReminders(context, campaign, person?.id ?? null)
    if (reminded.reminded === 0)
      throw new DomainError(
        'refused',
        `${person ? `${person.name} has` : 'Nobody has'} ${person ? 'nothing' : 'anything'} open.`,
      )
    await wakeJob(db, campaignJobs.mail)
    return {
      output: reminded,
      event: { subjectType: 'campaign', subjectId: campaign.id, after: { slug, ...reminded, person: key ?? null } },
    }
  },
})

export const reminders = { 'campaigns.remind': remind }
