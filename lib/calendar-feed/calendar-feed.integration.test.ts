import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson, runningCampaign, type SmallEstate, smallEstate } from '@/lib/recertification/testing'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { calendarOf } from './feed'

let registry: TestRegistry
let estate: SmallEstate
beforeAll(async () => {
  registry = await testRegistry()
  estate = await smallEstate(registry, 2)
})
afterAll(() => registry.drop())

const tokenIn = (address: string) => /\/api\/calendar\/(.+)\.ics$/.exec(address)?.[1] ?? ''
const read = (token: string) => calendarOf(registry.database, token, registry.now())

describe('a calendar of due dates', () => {
  it('has a day for each campaign with something open, and is readable by its address alone', async () => {
    const campaign = await runningCampaign(registry, estate, { name: 'Quarterly; access,\nreview' })
    registry.become(asPerson(estate.people.ana))
    const { address } = await registry.run(useCases['calendar.create'], {})
    const text = await read(tokenIn(address))
    expect(text).toContain('BEGIN:VCALENDAR')
    expect(text).toContain('DTSTART;VALUE=DATE:20261115')
    expect(text).toMatch(/SUMMARY:2 reviews due: Quarterly\\; access\\,\\nreview/)
    expect(text).toContain(`UID:review-${campaign.slug}-1@localhost`)
    expect(await read('ptk_somebody-else')).toBeNull()

    const decisions = campaign.items.map(({ id }) => ({ item: id, verdict: 'certify' as const }))
    await registry.run(useCases['reviews.decide'], { decisions })
    expect(await read(tokenIn(address))).not.toContain('BEGIN:VEVENT')
    const { feed } = await registry.run(useCases['calendar.get'], {})
    expect(feed?.lastReadAt).toBe(registry.now().toISOString())
    const kept = await registry.database.prisma.calendarFeed.findMany()
    expect(JSON.stringify(kept)).not.toContain(tokenIn(address))
  })

  it('is found no more under an address that was renewed or taken back', async () => {
    registry.become(asPerson(estate.people.eve))
    const first = await registry.run(useCases['calendar.create'], {})
    const second = await registry.run(useCases['calendar.create'], {})
    expect(await read(tokenIn(first.address))).toBeNull()
    expect(await read(tokenIn(second.address))).toContain('BEGIN:VCALENDAR')
    await registry.run(useCases['calendar.revoke'], {})
    expect(await read(tokenIn(second.address))).toBeNull()
    expect(await refusalOf(registry.run(useCases['calendar.revoke'], {}))).toMatchObject({ code: 'not_found' })
  })

  it('is not for a token, nor for an account that is nobody of the registry', async () => {
    registry.become(asPerson(estate.people.eve, 'member', { kind: 'token', scopes: new Set(['registry', 'read']) }))
    expect(await refusalOf(registry.run(useCases['calendar.create'], {}))).toMatchObject({ code: 'forbidden' })
    registry.become(actorWith('admin'))
    expect(await refusalOf(registry.run(useCases['calendar.create'], {}))).toMatchObject({ code: 'forbidden' })
    expect(await registry.run(useCases['calendar.get'], {})).toMatchObject({ feed: null, timeZone: null })
  })
})

describe('a time zone', () => {
  it('is set by oneself or by whoever curates people, by its name', async () => {
    const { eve } = estate.people
    registry.become(asPerson(eve))
    await registry.run(useCases['me.setTimeZone'], { timeZone: 'Europe/Berlin' })
    expect(await registry.run(useCases['calendar.get'], {})).toMatchObject({
      timeZone: 'Europe/Berlin',
      organisationTimeZone: 'UTC',
    })
    expect(await refusalOf(registry.run(useCases['me.setTimeZone'], { timeZone: 'Mars' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['timeZone'],
    })
    registry.become(actorWith('governance_lead'))
    const { version, timeZone } = await registry.run(useCases['people.get'], { person: eve.externalId })
    expect(timeZone).toBe('Europe/Berlin')
    await registry.run(useCases['people.update'], { person: eve.externalId, version, timeZone: null })
    expect((await registry.run(useCases['people.get'], { person: eve.externalId })).timeZone).toBeNull()
  })
})
