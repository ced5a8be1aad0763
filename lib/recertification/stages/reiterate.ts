import 'server-only'
import { wakeJob } from '@/lib/jobs/wake'
import { defined } from '@/lib/registry/changes'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { claimCampaignSlug, insertDraft } from '../campaigns/campaign-writes-store'
import { campaignJobs } from '../jobs'
import { runMoves } from './can'
import { stateAfter } from './end-stage'
import { movedSchema, reiterateInput } from './model'
import { heldCampaign } from './run'
import { countAnyStage } from './stage-store'

/** A follow-up that holds only what nobody answered, for those who did not answer. Earlier decisions stand. */
const reiterate = defineCommand({
  name: 'campaigns.reiterate',
  summary: 'Ask again about what nobody answered in a campaign that is closed',
  method: 'POST',
  path: '/campaigns/{slug}/reiterate',
  input: reiterateInput,
  output: movedSchema,
  async handler(context, { slug, name, duration, reason }) {
    const { db, now, actor } = context
    const parent = await heldCampaign(context, { slug })
    const verdict = runMoves(parent, actor).reiterate
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    const unanswered = await countAnyStage(db, parent.id, 'no_response')
    if (unanswered === 0)
      throw new DomainError('refused', `Everything in “${parent.name}” was answered; there is nothing to ask again.`)
    const again = await db.prisma.campaign.findFirst({
      where: { parentId: parent.id, trigger: 'reiteration', state: { notIn: ['closed', 'stopped'] } },
      select: { name: true },
    })
    if (again) throw new DomainError('conflict', `“${again.name}” asks about it again already.`)
    const [first] = parent.definition.stages
    if (!first) throw new Error('A campaign has a stage')
    const state = stateAfter({ state: 'draft' }, { type: 'start' })
    const title = name ?? `${parent.name}, again`
    const child = await insertDraft(context, {
      slug: await claimCampaignSlug(context, 'campaign', title),
      name: title,
      description: parent.description,
      definition: { ...parent.definition, stages: [{ ...first, ...defined({ duration }) }] },
      templateId: parent.templateId,
      owner: { id: parent.ownerId, name: parent.ownerName },
    })
    const { slug: childSlug, version } = await db.prisma.campaign.update({
      where: { id: child },
      data: { trigger: 'reiteration', parentId: parent.id, state, startsAt: now },
    })
    await wakeJob(db, campaignJobs.launch)
    return {
      output: { slug: childSlug, version, state },
      event: {
        subjectType: 'campaign',
        subjectId: child,
        after: { slug: childSlug, name: title, state, again: slug, unanswered },
        ...defined({ reason }),
      },
    }
  },
})

export const reiterations = { 'campaigns.reiterate': reiterate }
