import 'server-only'
import { z } from 'zod'
import { changesBetween, defined, editEntry } from '@/lib/registry/changes'
import { reasonSchema } from '@/lib/registry/model'
import { assertFresh } from '@/lib/registry/stale'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { outboundSettingsSchema } from './model'
import { keepOutboundSettings, outboundSettingsOf } from './store'

const shown = z.object({
  allowedNetworks: z.array(z.string()),
  version: z.number().int().describe('Send it with an edit; 0 when nobody has set it yet'),
})

const getOutbound = defineQuery({
  name: 'outbound.get',
  summary: 'The private networks that Pentarch may reach',
  method: 'GET',
  path: '/settings/outbound',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: shown,
  handler: ({ db }) => outboundSettingsOf(db),
})

const updateOutbound = defineCommand({
  name: 'outbound.update',
  summary: 'Say which private networks Pentarch may reach',
  method: 'PUT',
  path: '/settings/outbound',
  reauthenticates: true,
  input: z.strictObject({
    version: z.number().int().min(0),
    ...outboundSettingsSchema.shape,
    allowedNetworks: outboundSettingsSchema.shape.allowedNetworks.unwrap(),
    reason: reasonSchema.optional(),
  }),
  output: shown,
  async handler(context, { version, allowedNetworks, reason }) {
    // Two admins at once: the second waits, and then finds another version.
    await context.db.prisma.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('setting:outbound', 0))`
    const present = await outboundSettingsOf(context.db)
    await assertFresh(context, { type: 'setting', id: 'outbound', version: present.version }, version)
    const changes = changesBetween({ allowedNetworks: present.allowedNetworks }, { allowedNetworks })
    const next = { version: version + 1, now: context.now, by: context.actor.name }
    await keepOutboundSettings(context.db, { allowedNetworks }, next)
    return {
      output: { allowedNetworks, version: version + 1 },
      event: editEntry({ type: 'setting', id: 'outbound', slug: 'outbound' }, changes, defined({ reason }).reason),
    }
  },
})

export const outboundUseCases = { 'outbound.get': getOutbound, 'outbound.update': updateOutbound }
