import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import { makeToken } from '@/lib/access/tokens/token'
import { mailSettings } from '@/lib/mail/settings'
import { policyOf } from '@/lib/settings/store'
import { urls } from '@/lib/urls'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { calendarSchema, feedSchema } from './model'
import { findFeed, putFeed, removeFeed } from './store'

function personOf(actor: Actor): string {
  if (actor.personId === null) throw new DomainError('refused', 'Your account belongs to no person of the registry.')
  return actor.personId
}

const getCalendar = defineQuery({
  name: 'calendar.get',
  summary: 'Your calendar of due dates, your time zone, and how your mail goes',
  method: 'GET',
  path: '/calendar',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: calendarSchema,
  async handler({ db, actor }) {
    const [{ reviews }, person, feed] = await Promise.all([
      policyOf(db),
      actor.personId === null
        ? null
        : db.prisma.person.findUnique({ where: { id: actor.personId }, select: { email: true, timeZone: true } }),
      actor.personId === null ? null : findFeed(db, actor.personId),
    ])
    return {
      feed: feed && {
        createdAt: feed.createdAt.toISOString(),
        lastReadAt: feed.lastReadAt?.toISOString() ?? null,
      },
      timeZone: person?.timeZone ?? null,
      organisationTimeZone: reviews.timeZone,
      mail: { address: person?.email ?? null, goesOut: mailSettings().server !== null, fromHour: reviews.mailHour },
    }
  },
})

const createCalendar = defineCommand({
  name: 'calendar.create',
  summary: 'Make an address for your calendar of due dates, shown once; an earlier one holds no more',
  method: 'POST',
  path: '/calendar',
  input: z.strictObject({}),
  output: feedSchema.extend({ address: z.string().describe('Shown here and never again') }),
  async handler({ db, actor, now }) {
    const personId = personOf(actor)
    const { token, hash } = makeToken()
    await putFeed(db, personId, hash, now)
    const feed = { createdAt: now.toISOString(), lastReadAt: null }
    const address = `${mailSettings().origin}${urls.calendarFeed(token)}`
    return { output: { ...feed, address }, event: { subjectType: 'calendar_feed', subjectId: personId, after: feed } }
  },
})

const revokeCalendar = defineCommand({
  name: 'calendar.revoke',
  summary: 'Take the address of your calendar back',
  method: 'DELETE',
  path: '/calendar',
  input: z.strictObject({}),
  output: z.object({}),
  async handler({ db, actor }) {
    const personId = personOf(actor)
    if (!(await removeFeed(db, personId))) throw notFound('The calendar address')
    return { output: {}, event: { subjectType: 'calendar_feed', subjectId: personId, after: { revoked: true } } }
  },
})

export const calendarUseCases = {
  'calendar.get': getCalendar,
  'calendar.create': createCalendar,
  'calendar.revoke': revokeCalendar,
}
