import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayMs } from '@/lib/gaps/wording'
import { mailSettings } from '@/lib/mail/settings'
import { type SmtpSink, startSmtpSink } from '@/lib/mail/testing'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { asPerson, runningCampaign, type SmallEstate, smallEstate } from '../testing'
import { sendDigests } from './send'

let registry: TestRegistry
let estate: SmallEstate
let sink: SmtpSink
beforeEach(async () => {
  registry = await testRegistry()
  estate = await smallEstate(registry, 8)
  sink = await startSmtpSink()
})
afterEach(async () => {
  await registry.drop()
  await sink.close()
})

const send = (SMTP_URL: string | undefined = sink.url) =>
  sendDigests({
    database: registry.database,
    settings: mailSettings({
      NODE_ENV: 'test',
      NEXTAUTH_URL: 'https://pentarch.example.org',
      ...(SMTP_URL && { SMTP_URL }),
    }),
    clock: registry.now,
    isLate: () => false,
  })
const later = (days: number) => registry.wait((days * dayMs) / 1000)
const mails = () => registry.database.prisma.mail.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
const addressOf = (person: 'ana' | 'cara' | 'eve') => `${estate.people[person].externalId}@example.org`

describe('a digest', () => {
  it('tells all of it in one mail, once, whatever runs beside it', async () => {
    const first = await runningCampaign(registry, estate, { name: 'Quarterly access' })
    await runningCampaign(registry, estate, { name: 'After the <b>merger</b>' })
    await Promise.all([send(), send(), send()])
    expect(sink.received).toHaveLength(1)
    const [mail] = sink.received
    expect(mail?.to).toEqual([addressOf('ana')])
    expect(mail?.header.subject).toBe('16 reviews for you, due in 14 days, on Sunday 15 November')
    expect(mail?.html).toContain('After the &lt;b&gt;merger&lt;/b&gt;')
    expect(mail?.html).toContain('https://pentarch.example.org/review/')
    expect(mail?.text).toContain('https://pentarch.example.org/review')
    expect(mail?.text).toContain('and 2 more')
    expect(mail?.html).not.toMatch(/<img|src="http/)
    await send()
    later(1)
    await send()
    expect(sink.received).toHaveLength(1)
    expect((await mails()).map(({ state }) => state)).toEqual(['sent'])
    expect(first.items).toHaveLength(8)
  })

  it('reminds before the due day, and of nothing that is answered', async () => {
    const campaign = await runningCampaign(registry, estate)
    await send()
    later(7)
    await send()
    expect(sink.received.map(({ header }) => header.subject)).toEqual([
      '8 reviews for you, due in 14 days, on Sunday 15 November',
      '8 reviews for you, due in 7 days, on Sunday 15 November',
    ])
    registry.become(asPerson(estate.people.ana))
    const decisions = campaign.items.map(({ id }) => ({ item: id, verdict: 'certify' as const }))
    await registry.run(useCases['reviews.decide'], { decisions })
    later(4)
    await send()
    expect(sink.received).toHaveLength(2)
  })

  it('waits for the hour at which the day begins where the reader is', async () => {
    await runningCampaign(registry, estate)
    const { ana } = estate.people
    // It is 9 o'clock in UTC, and the small hours there.
    await registry.database.prisma.person.update({ where: { id: ana.id }, data: { timeZone: 'America/New_York' } })
    await send()
    expect(sink.received).toHaveLength(0)
    registry.wait(5 * 3600)
    await send()
    expect(sink.received).toHaveLength(1)
  })

  it('goes to whoever stands in', async () => {
    await runningCampaign(registry, estate)
    registry.become(asPerson(estate.people.ana))
    const period = { startsOn: '2026-11-01', endsOn: '2026-11-10', reason: 'Holiday' }
    await registry.run(useCases['handovers.create'], { to: estate.people.eve.externalId, ...period })
    await send()
    expect(sink.received.map(({ to }) => to)).toEqual([[addressOf('eve')]])
    expect(sink.received[0]?.text).toContain('for ana')
  })

  it('is tried again while the server is down for a day, and tells what is open then', async () => {
    const campaign = await runningCampaign(registry, estate)
    const port = sink.port
    await sink.close()
    for (let hour = 0; hour < 12; hour += 1) {
      await send(`smtp://127.0.0.1:${port}`)
      registry.wait(3600)
    }
    const [waiting] = await mails()
    expect(waiting).toMatchObject({ state: 'queued', error: expect.stringMatching(/ECONNREFUSED/) })
    registry.become(asPerson(estate.people.ana))
    const decisions = campaign.items.slice(0, 3).map(({ id }) => ({ item: id, verdict: 'certify' as const }))
    await registry.run(useCases['reviews.decide'], { decisions })
    sink = await startSmtpSink({ port })
    later(1)
    await send(`smtp://127.0.0.1:${port}`)
    expect(sink.received.map(({ header }) => header.subject)).toEqual([
      '5 reviews for you, due in 13 days, on Sunday 15 November',
    ])
  })

  it('is kept to be read in Pentarch where mail goes nowhere', async () => {
    await runningCampaign(registry, estate)
    await send('')
    expect((await mails()).map(({ state, attempts }) => [state, attempts])).toEqual([['kept', 1]])
  })

  it('is cancelled when nothing is open any more', async () => {
    const campaign = await runningCampaign(registry, estate)
    const port = sink.port
    await sink.close()
    await send(`smtp://127.0.0.1:${port}`)
    registry.become(actorWith('governance_lead'))
    await registry.run(useCases['campaigns.stop'], { slug: campaign.slug, reason: 'By mistake' })
    registry.wait(3600)
    sink = await startSmtpSink({ port })
    await send(`smtp://127.0.0.1:${port}`)
    expect(sink.received).toHaveLength(0)
    expect((await mails()).map(({ state }) => state)).toEqual(['cancelled'])
  })

  it('tells what came of a revocation, once, to those it concerns', async () => {
    const campaign = await runningCampaign(registry, estate, { definition: { challengePeriod: 'P7D' } })
    const [item] = campaign.items
    registry.become(asPerson(estate.people.ana))
    const comment = 'The desk is closed'
    await registry.run(useCases['reviews.decide'], {
      decisions: [{ item: item?.id ?? '', verdict: 'revoke', comment }],
    })
    registry.become(actorWith('governance_lead'))
    await registry.run(useCases['campaigns.endStage'], { slug: campaign.slug, reason: 'All have answered' })
    registry.become(asPerson(estate.people.ben))
    await registry.run(useCases['reviews.contest'], { item: item?.id ?? '', reason: 'Still\r\nBcc: all@example.org' })
    await send()
    const told = sink.received.map(({ to, header }) => [to[0]?.split('-')[0], header.subject])
    expect(told.sort()).toEqual([
      ['ana', `Your revocation of ${item?.binding.slug} is contested`],
      ['dan', `The revocation of ${item?.binding.slug} is contested, and you decide`],
    ])
    later(1)
    await send()
    expect(sink.received).toHaveLength(2)
  })

  it('tells those affected that they may contest a revocation, until when, and once', async () => {
    const { people, teams } = estate
    const campaign = await runningCampaign(registry, estate, { definition: { challengePeriod: 'P7D' } })
    const [first, second] = campaign.items
    const { prisma } = registry.database
    await prisma.membership.create({ data: { teamId: teams.cloud.id, personId: people.eve.id, role: 'lead' } })
    registry.become(asPerson(people.ana))
    const revoked = [first, second].map((item) => ({
      ...{ item: item?.id ?? '', verdict: 'revoke' as const, comment: 'The desk is closed' },
    }))
    await registry.run(useCases['reviews.decide'], { decisions: revoked })
    registry.become(actorWith('governance_lead'))
    await registry.run(useCases['campaigns.endStage'], { slug: campaign.slug, reason: 'All have answered' })
    await send()
    const subject = `You may contest the revocation of ${first?.binding.slug}, and 1 more`
    // Ben sponsors the agents, Eve leads the team that answers for entitlement, and so does Ana, who revoked it.
    const told = sink.received.map(({ to, header }) => [to[0]?.split('-')[0], header.subject])
    expect(told.sort()).toEqual([
      ['ben', subject],
      ['eve', subject],
    ])
    const [mail] = sink.received
    expect(mail?.text).toContain('ana: The desk is closed (until 8 November)')
    expect(mail?.html).toContain(`https://pentarch.example.org/review/${first?.id}`)
    later(1)
    await send()
    expect(sink.received).toHaveLength(2)
    registry.become(asPerson(people.eve))
    await registry.run(useCases['reviews.contest'], { item: first?.id ?? '', reason: 'It opens again in March' })
  })

  it('comes again when something that was put off is to be answered', async () => {
    const campaign = await runningCampaign(registry, estate)
    await send()
    registry.become(asPerson(estate.people.ana))
    const [later1, ...others] = campaign.items
    await registry.run(useCases['reviews.decide'], {
      decisions: [
        { item: later1?.id ?? '', verdict: 'defer', deferUntil: '2026-11-05' },
        ...others.map(({ id }) => ({ item: id, verdict: 'certify' as const })),
      ],
    })
    later(1)
    await send()
    expect(sink.received).toHaveLength(1)
    later(3)
    await Promise.all([send(), send()])
    await send()
    expect(sink.received.map(({ header }) => header.subject)).toEqual([
      '8 reviews for you, due in 14 days, on Sunday 15 November',
      '1 review for you, due in 10 days, on Sunday 15 November',
    ])
  })

  it('never lets a name begin a header of its own', async () => {
    const { ana } = estate.people
    const name = 'Ana\r\nBcc: everybody@example.org'
    await registry.database.prisma.person.update({ where: { id: ana.id }, data: { name } })
    await runningCampaign(registry, estate, { name: 'Quarterly\r\nX-Evil: yes' })
    await send()
    const [mail] = sink.received
    expect(mail?.to).toEqual([addressOf('ana')])
    expect(mail?.header.names).not.toContain('bcc')
    expect(mail?.header.names).not.toContain('x-evil')
  })
})

describe('a reminder', () => {
  const reach = (slug: string) => registry.run(useCases['campaigns.remindPreview'], { slug })

  it('shows beforehand whom it reaches and when, where they are, and reaches those', async () => {
    const { ana, cara, eve } = estate.people
    const campaign = await runningCampaign(registry, estate, {
      item: (index) => (index === 0 ? { reviewers: [{ id: cara.id }] } : {}),
    })
    registry.become(asPerson(ana))
    const period = { startsOn: '2026-11-01', endsOn: '2026-11-10', reason: 'Holiday' }
    await registry.run(useCases['handovers.create'], { to: eve.externalId, ...period })
    registry.become(actorWith('governance_lead'))
    const named = (person: typeof ana) => ({ externalId: person.externalId, name: person.name })
    expect(await reach(campaign.slug)).toEqual({
      ...{ reminded: 2, tomorrow: 0 },
      people: {
        more: false,
        rows: [
          { person: named(ana), standIn: named(eve), open: 7, hears: 'today' },
          { person: named(cara), standIn: null, open: 1, hears: 'today' },
        ],
      },
    })
    await send()
    expect(await reach(campaign.slug)).toMatchObject({ reminded: 2, tomorrow: 2 })
    // It is 9 in the morning of 1 November in UTC; where Cara is now, her mail of the 1st was yesterday's.
    registry.wait(2 * 3600)
    await registry.database.prisma.person.update({
      where: { id: cara.id },
      data: { timeZone: 'Pacific/Kiritimati' },
    })
    expect(await reach(campaign.slug)).toMatchObject({ reminded: 2, tomorrow: 1 })
    expect(await registry.run(useCases['campaigns.remind'], { slug: campaign.slug })).toEqual({
      reminded: 2,
      tomorrow: 1,
    })
  })

  it('reaches nobody who has put everything off', async () => {
    const { cara } = estate.people
    const campaign = await runningCampaign(registry, estate, {
      item: (index) => (index === 0 ? { reviewers: [{ id: cara.id }] } : {}),
    })
    registry.become(asPerson(cara))
    const decisions = [{ item: campaign.items[0]?.id ?? '', verdict: 'defer' as const, deferUntil: '2026-11-05' }]
    await registry.run(useCases['reviews.decide'], { decisions })
    registry.become(actorWith('governance_lead'))
    expect((await reach(campaign.slug)).people.rows.map(({ person }) => person.name)).toEqual(['ana'])
    const alone = registry.run(useCases['campaigns.remind'], { slug: campaign.slug, person: cara.externalId })
    expect(await refusalOf(alone)).toMatchObject({ code: 'refused', message: 'cara has nothing to answer now.' })
  })
})
