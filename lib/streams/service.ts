import 'server-only'
import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { OutboundError } from '@/lib/outbound/errors'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { slugSchema } from '@/lib/registry/model'
import { seal, UnsealError } from '@/lib/secrets/seal'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { lastPosition } from './items-store'
import { streamKinds, streamTargetSchema } from './model'
import { ocsfEvent } from './ocsf/event'
import { findStreams, lagMax, lagOf, type StoredStream } from './streams-store'
import { transportOf } from './transports'
import { DeliveryError } from './transports/transport'

const streamsMax = 20
const testMs = 15_000

const rowSchema = z.object({
  slug: z.string(),
  name: z.string(),
  kind: z.enum(streamKinds),
  target: streamTargetSchema,
  paused: z.boolean(),
  lag: z
    .number()
    .int()
    .describe(`Events that it has not delivered; at most ${lagMax + 1}, which is more than ${lagMax}`),
  deliveredAt: z.iso.datetime().nullable(),
  error: z.string().nullable().describe('Why the next batch did not arrive when it was last tried'),
  nextAttemptAt: z.iso.datetime().nullable(),
})

async function rowOf({ db }: UseCaseContext, stream: StoredStream): Promise<z.input<typeof rowSchema>> {
  const { slug, name, kind, target, paused, position, deliveredAt, error, nextAttemptAt } = stream
  return {
    slug,
    name,
    kind,
    target: streamTargetSchema.parse(target),
    paused,
    lag: await lagOf(db, position),
    deliveredAt: deliveredAt?.toISOString() ?? null,
    error,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  }
}

async function streamCalled({ db }: UseCaseContext, slug: string): Promise<StoredStream> {
  const stream = await db.prisma.eventStream.findUnique({ where: { slug } })
  if (!stream) throw notFound(`Event stream "${slug}"`)
  return stream
}

const listStreams = defineQuery({
  name: 'streams.list',
  summary: 'Event streams: where events are sent on to, how far each is behind, and what went wrong',
  method: 'GET',
  path: '/streams',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ rows: z.array(rowSchema) }),
  async handler(context) {
    const rows = []
    for (const stream of await findStreams(context.db)) rows.push(await rowOf(context, stream))
    return { rows }
  },
})

const createStream = defineCommand({
  name: 'streams.create',
  summary: 'Send events on: audit events and changes of gaps in OCSF, from now on, in order, each at least once',
  method: 'POST',
  path: '/streams',
  confidential: ['secret'],
  reauthenticates: true,
  input: z.strictObject({
    slug: slugSchema,
    name: z.string().trim().min(1).max(100),
    target: streamTargetSchema,
    secret: z
      .string()
      .min(24, 'At least 24 characters')
      .max(200)
      .optional()
      .describe('What messages to a webhook are signed with (Standard Webhooks, HMAC-SHA-256)'),
  }),
  output: rowSchema,
  async handler(context, { slug, name, target, secret }) {
    const { db, now, actor } = context
    // Two admins at once: the second waits, and then finds the first one's stream.
    await db.prisma.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('event streams', 0))`
    const present = await findStreams(db)
    if (present.some((stream) => stream.slug === slug))
      throw new DomainError('conflict', `There is an event stream "${slug}" already.`)
    if (present.length >= streamsMax) throw new DomainError('refused', `There may be ${streamsMax} event streams.`)
    if (target.kind === 'webhook' && secret === undefined)
      throw new DomainError('invalid_input', 'secret: A webhook needs a secret to sign its messages with.')
    if (target.kind !== 'webhook' && secret !== undefined)
      throw new DomainError('invalid_input', 'secret: Only messages to a webhook are signed.')
    const id = context.newId()
    const stream = await db.prisma.eventStream.create({
      data: {
        id,
        slug,
        name,
        kind: target.kind,
        target,
        secretSealed: secret === undefined ? null : seal(secret, id),
        position: await lastPosition(db),
        createdAt: now,
        createdBy: actor.name,
        updatedAt: now,
      },
    })
    return {
      output: await rowOf(context, stream),
      event: { subjectType: 'event_stream', subjectId: id, after: toJson({ slug, name, target }) },
    }
  },
})

const pauseStream = defineCommand({
  name: 'streams.pause',
  summary: 'Pause an event stream, or let it go on: what happens meanwhile is kept for it',
  method: 'PUT',
  path: '/streams/{slug}/pause',
  input: z.strictObject({ slug: slugSchema, paused: z.boolean() }),
  output: rowSchema,
  async handler(context, { slug, paused }) {
    const stream = await streamCalled(context, slug)
    if (stream.paused === paused)
      throw new DomainError('wrong_state', paused ? 'It is paused already.' : 'It is not paused.')
    const saved = await context.db.prisma.eventStream.update({
      where: { id: stream.id },
      // Who lets it go on wants it tried now.
      data: { paused, attempts: 0, nextAttemptAt: null, updatedAt: context.now, version: { increment: 1 } },
    })
    return {
      output: await rowOf(context, saved),
      event: {
        subjectType: 'event_stream',
        subjectId: stream.id,
        before: { slug, paused: !paused },
        after: { slug, paused },
      },
    }
  },
})

const removeStream = defineCommand({
  name: 'streams.remove',
  summary: 'Remove an event stream: what it has not delivered is not sent any more',
  method: 'DELETE',
  path: '/streams/{slug}',
  input: z.strictObject({ slug: slugSchema }),
  output: z.object({ slug: z.string() }),
  async handler(context, { slug }) {
    const stream = await streamCalled(context, slug)
    await context.db.prisma.eventStream.delete({ where: { id: stream.id } })
    const { id, name, target } = stream
    return {
      output: { slug },
      event: { subjectType: 'event_stream', subjectId: id, before: toJson({ slug, name, target }) },
    }
  },
})

const testStream = defineQuery({
  name: 'streams.test',
  summary: 'Send one test event, beside the order of the others, and say whether it arrived',
  method: 'POST',
  path: '/streams/{slug}/test',
  input: z.strictObject({ slug: slugSchema }),
  output: z.object({ problem: z.string().nullable().describe('Why it did not arrive; null when it did') }),
  async handler(context, { slug }) {
    const stream = await streamCalled(context, slug)
    const { allowedNetworks } = await outboundSettingsOf(context.db)
    const id = context.newId()
    const origin = { id, position: Number(stream.position), at: context.now, logName: 'test' }
    const event = {
      ...ocsfEvent(3004, 'test', 1, 'A test of this event stream', origin),
      entity: { uid: stream.id, name: slug, type: 'event_stream', type_id: 99 },
    }
    try {
      await transportOf(stream, allowedNetworks).deliver(
        { id, events: [event], at: context.now },
        AbortSignal.timeout(testMs),
      )
      return { problem: null }
    } catch (error) {
      if (!(error instanceof DeliveryError || error instanceof OutboundError || error instanceof UnsealError))
        throw error
      return { problem: error.message }
    }
  },
})

export const streamUseCases = {
  'streams.list': listStreams,
  'streams.create': createStream,
  'streams.pause': pauseStream,
  'streams.remove': removeStream,
  'streams.test': testStream,
}
