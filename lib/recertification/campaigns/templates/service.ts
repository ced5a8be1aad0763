import 'server-only'
import { z } from 'zod'
import { mayRun } from '@/lib/access/permissions'
import { toJson } from '@/lib/audit/model'
import { pageOf } from '@/lib/http/page'
import { changesBetween, defined, editEntry } from '@/lib/registry/changes'
import { reasonSchema } from '@/lib/registry/model'
import { versionSchema } from '@/lib/registry/shapes'
import { assertFresh } from '@/lib/registry/stale'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import type { Schedule } from '../../model'
import { firstLaunch } from '../../schedules/next-launch'
import { claimCampaignSlug } from '../campaign-writes-store'
import { assertNames, ownerNamed } from '../naming'
import {
  createTemplateInput,
  listTemplatesInput,
  savedTemplateSchema,
  templateDetailSchema,
  templateRowSchema,
  templateSlugInput,
  updateTemplateInput,
} from './model'
import {
  deleteTemplate,
  describeTemplateRow,
  findTemplates,
  insertTemplate,
  lockTemplateCalled,
  templateCalled,
  updateTemplateRow,
} from './store'

const listTemplates = defineQuery({
  name: 'campaignTemplates.list',
  summary: 'Templates that campaigns are made from, by name',
  method: 'GET',
  path: '/campaign-templates',
  input: listTemplatesInput,
  output: pageOf(templateRowSchema),
  handler: ({ db }, input) => findTemplates(db, input),
})

const getTemplate = defineQuery({
  name: 'campaignTemplates.get',
  summary: 'One template: what it asks, and when it launches by itself',
  method: 'GET',
  path: '/campaign-templates/{slug}',
  input: templateSlugInput,
  output: templateDetailSchema,
  async handler({ db, actor }, { slug }) {
    const { id, definition, version, createdAt } = await templateCalled(db, slug)
    const row = await describeTemplateRow(db, id)
    if (!row) throw notFound(`The template "${slug}"`)
    return {
      ...row,
      ...{ definition, version, createdAt: createdAt.toISOString() },
      can: {
        edit: mayRun('campaignTemplates.update', actor),
        remove: mayRun('campaignTemplates.remove', actor),
        use: mayRun('campaigns.create', actor),
      },
    }
  },
})

const nextOf = (schedule: Schedule | null, enabled: boolean, { now }: UseCaseContext) =>
  schedule && enabled ? firstLaunch(schedule, now) : null

const createTemplate = defineCommand({
  name: 'campaignTemplates.create',
  summary: 'Make a template for campaigns, which may launch by itself',
  method: 'POST',
  path: '/campaign-templates',
  input: createTemplateInput,
  output: savedTemplateSchema,
  async handler(context, { name, description = '', definition, schedule = null, enabled, owner: ownerKey, reason }) {
    await assertNames(context, definition)
    const owner = await ownerNamed(context, ownerKey)
    const slug = await claimCampaignSlug(context, 'template', name)
    const next = nextOf(schedule, enabled, context)
    const id = await insertTemplate(context, slug, { name, description, definition, schedule, enabled, owner, next })
    return {
      output: { id, slug, version: 1, nextOn: next?.on ?? null },
      event: {
        subjectType: 'campaign_template',
        subjectId: id,
        after: toJson({ slug, name, description, definition, schedule, enabled, owner: owner.name }),
        ...defined({ reason }),
      },
    }
  },
})

const updateTemplate = defineCommand({
  name: 'campaignTemplates.update',
  summary: 'Change a template; campaigns made from it stay as they are',
  method: 'PATCH',
  path: '/campaign-templates/{slug}',
  input: updateTemplateInput,
  output: savedTemplateSchema,
  async handler(context, { slug, version, owner: ownerKey, reason, ...edit }) {
    const template = await lockTemplateCalled(context.db, slug)
    await assertFresh(context, { type: 'campaign_template', ...template }, version)
    if (edit.definition) await assertNames(context, edit.definition)
    const owner = ownerKey === undefined ? undefined : await ownerNamed(context, ownerKey)
    const { name, description, definition, schedule, enabled } = template
    const present = { name, description, definition, schedule, enabled }
    const wanted = { ...present, ...defined(edit) }
    const changes = changesBetween(
      { ...present, definition: toJson(definition), schedule: schedule && toJson(schedule), owner: template.ownerId },
      {
        ...{ name: wanted.name, description: wanted.description, enabled: wanted.enabled },
        ...{ definition: toJson(wanted.definition), schedule: wanted.schedule && toJson(wanted.schedule) },
        owner: owner?.id,
      },
    )
    // What did not touch its schedule leaves it where it was planned.
    const replan = changes.fields.includes('schedule') || changes.fields.includes('enabled')
    const planned = template.nextOn &&
      template.nextAt && { on: template.nextOn.toISOString().slice(0, 10), at: template.nextAt }
    const next = replan ? nextOf(wanted.schedule, wanted.enabled, context) : planned
    await updateTemplateRow(context, template.id, { ...wanted, owner, next })
    return {
      output: { id: template.id, slug, version: version + 1, nextOn: next?.on ?? null },
      event: editEntry({ type: 'campaign_template', id: template.id, slug }, changes, reason),
    }
  },
})

const removeTemplate = defineCommand({
  name: 'campaignTemplates.remove',
  summary: 'Remove a template; campaigns made from it stay',
  method: 'DELETE',
  path: '/campaign-templates/{slug}',
  input: templateSlugInput.extend({ version: versionSchema.optional(), reason: reasonSchema.optional() }),
  output: z.object({}),
  async handler(context, { slug, version, reason }) {
    const template = await lockTemplateCalled(context.db, slug)
    if (version !== undefined) await assertFresh(context, { type: 'campaign_template', ...template }, version)
    await deleteTemplate(context, template.id)
    const { id, name, definition, schedule } = template
    return {
      output: {},
      event: {
        subjectType: 'campaign_template',
        subjectId: id,
        before: toJson({ slug, name, definition, schedule }),
        ...defined({ reason }),
      },
    }
  },
})

export const campaignTemplateUseCases = {
  'campaignTemplates.list': listTemplates,
  'campaignTemplates.get': getTemplate,
  'campaignTemplates.create': createTemplate,
  'campaignTemplates.update': updateTemplate,
  'campaignTemplates.remove': removeTemplate,
}
