import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { campaignJobs } from '@/lib/recertification/jobs'
import { urls } from '@/lib/urls'
import { people } from '../support/accounts'
import { appTime, turnForward, wakeJobs } from '../support/clock'
import { asFile } from '../support/estate'
import { linkIn, mailsTo, nextMailTo, noonTimeZone } from '../support/mail'
import { expect, test } from '../support/test'
import { visit } from '../support/visit'

// Without an answer, a step fails by itself and says which.
test.use({ actionTimeout: 15_000 })

const phone = { width: 390, height: 844 }

/** Three agents on a tool of this test's own: Grace, Hana and Farid lead the teams that own entitlement of one each; Emily sponsors them. */
async function arrange(api: Api, unique: string) {
  const tool = `ledger-${unique}`
  const teams = { grace: `grace-team-${unique}`, hana: `hana-team-${unique}`, farid: `farid-team-${unique}` }
  const agents = { grace: `reader-${unique}`, hana: `payer-${unique}`, farid: `clerk-${unique}` }
  const leads = { grace: 'grace.mutua', hana: 'hana.kim', farid: 'farid.rahmani' }
  const who = ['grace', 'hana', 'farid'] as const
  const bindingOf = (name: (typeof who)[number]) => `${agents[name]}/${tool}@production`
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    teams: who.map((name) => ({
      ...{ slug: teams[name], name: `Team of ${name} ${unique}`, function: 'business' },
      members: [{ person: leads[name], role: 'lead' }],
    })),
    tools: [{ slug: tool, name: `Ledger ${unique}` }],
    agents: who.map((name) => ({
      ...{ slug: agents[name], name: `${agents[name]}`, sponsor: 'emily.hart', lifecycle: 'active' },
    })),
    bindings: who.map((name) => ({
      ...{ agent: agents[name], tool, state: 'active', risk: name === 'hana' ? 'high' : 'low' },
      intent: { text: 'Keep the books', approvedBy: 'farid.rahmani', approvedAt: '2026-01-05' },
    })),
    owners: who.map((name) => ({
      ...{ layer: 'entitlement', scope: 'binding', subject: bindingOf(name), team: teams[name], state: 'accepted' },
    })),
  }
  await importEstate(api, unique, estate)
  return {
    tool,
    teams,
    bindings: { grace: bindingOf('grace'), hana: bindingOf('hana'), farid: bindingOf('farid') },
    agents,
  }
}

const importEstate = (api: Api, unique: string, estate: object) =>
  api('imports.apply', { kind: 'estate', files: [asFile(`books-${unique}.json`, JSON.stringify(estate))] })

async function untilState(api: Api, slug: string, state: string) {
  await expect
    .poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 60_000, message: `${slug} is ${state}` })
    .toBe(state)
}

/** The items of a campaign by what they are about. */
async function itemsOf(api: Api, slug: string) {
  const { rows } = await api('campaigns.items', { slug })
  return new Map(rows.map(({ id, subject }) => [subject, id]))
}

/** Mails come from a certain hour of the day on: the organisation is where it is noon now. */
async function livesAtNoon(api: Api) {
  const { policy, version } = await api('settings.policy.get', {})
  const timeZone = noonTimeZone(appTime())
  const moved = { ...policy, reviews: { ...policy.reviews, timeZone } }
  await api('settings.policy.update', { policy: moved, version, reason: 'Where the organisation is' })
}

/** Makes a campaign from a template through the pages, as it would be if it started now, and starts it. */
async function startFrom(page: Page, template: string, name: string, asked: readonly string[]): Promise<string> {
  await visit(page, urls.campaignTemplate(template))
  await page.getByRole('link', { name: 'Make a campaign' }).click()
  await expect(page).toHaveTitle(/New campaign/)
  const load = page.getByRole('region', { name: 'If it started now' }).getByRole('list')
  for (const reviewer of asked) await expect(load).toContainText(reviewer)
  await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name)
  await page.getByRole('button', { name: 'Start now' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`${asked.length} people are asked`)
  await dialog.getByRole('button', { name: 'Start now' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

const openItem = async (page: Page, id: string | undefined) => {
  await page.goto(urls.reviewItem(id ?? 'missing'))
  await expect(page.getByRole('region', { name: 'Your decision' })).toBeVisible()
}

const decisionsOn = (page: Page) => page.getByRole('region', { name: 'Decisions in this campaign' })

test('a campaign ends in something: asked by mail, answered, contested, applied, and shown to be gone', async ({
  api,
  as,
  page,
  unique,
}) => {
  test.setTimeout(300_000)
  await livesAtNoon(api)
  const { tool, teams, bindings, agents } = await arrange(api, unique)
  const mailed = mailsTo(people.grace.email).length
  const template = await api('campaignTemplates.create', {
    name: `Books, every quarter ${unique}`,
    definition: {
      kind: 'access',
      scope: { tool },
      stages: [
        {
          ...{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' },
          escalation: [{ after: 'P5D', action: 'add', to: { by: 'person', person: 'chidi.eze' } }],
        },
      ],
      challengePeriod: 'P7D',
    },
  })
  const [grace, hana, chidi, emily] = [await as('grace'), await as('hana'), await as('chidi'), await as('emily')]

  const slug = await test.step('the lead makes it from a template, sees whom it would ask, and starts it', async () => {
    const asked = [people.grace.name, people.hana.name, people.farid.name]
    return await startFrom(page, template.slug, `Books ${unique}`, asked)
  })
  await untilState(api, slug, 'running')
  const items = await itemsOf(api, slug)
  expect(items.size).toBe(3)
  const clerk = items.get(bindings.farid) ?? ''

  await test.step('Grace comes by the link in her mail and certifies by keyboard', async () => {
    // One mail a day: what came after today's stands in tomorrow's.
    await turnForward(1, [campaignJobs.mail])
    const mail = await nextMailTo(people.grace.email, mailed)
    await visit(grace, linkIn(mail, new RegExp(agents.grace)))
    await expect(grace.getByRole('region', { name: 'Your decision' })).toBeVisible()
    await grace.keyboard.press('c')
    await expect(decisionsOn(grace)).toContainText('Grace Mutua')
  })

  await test.step('Hana revokes on her phone', async () => {
    await hana.setViewportSize(phone)
    await openItem(hana, items.get(bindings.hana))
    await hana.getByRole('button', { name: /^Revoke/ }).click()
    const dialog = hana.getByRole('dialog')
    await dialog.getByLabel('Comment').fill('The payer was replaced in spring')
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await expect(decisionsOn(hana)).toContainText('replaced in spring')
  })

  await test.step('Farid hands his over to Grace; nobody answers, so Chidi is asked as well', async () => {
    await api('reviews.handOver', { items: [clerk], to: 'grace.mutua', reason: 'Grace knows the clerk' })
    await openItem(chidi, clerk)
    await expect(chidi.getByRole('button', { name: /^Certify/ })).toHaveCount(0)
    await turnForward(5, [campaignJobs.advance])
    await expect(async () => {
      await openItem(chidi, clerk)
      await expect(chidi.getByRole('button', { name: /^Certify/ })).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 30_000 })
  })

  await test.step('the lead sees whom a reminder reaches, and it reaches them', async () => {
    const before = mailsTo(people.chidi.email).length
    await visit(page, urls.campaign(slug))
    await page.getByRole('button', { name: 'Remind' }).click()
    const dialog = page.getByRole('dialog')
    const reached = dialog.getByRole('list', { name: 'Whom it reaches' })
    await expect(reached).toContainText(people.grace.name)
    await expect(reached).toContainText(people.chidi.name)
    await dialog.getByRole('button', { name: 'Remind' }).click()
    await expect(dialog).toBeHidden()
    // Whoever had a mail today is reminded tomorrow.
    await turnForward(1, [campaignJobs.mail])
    const mail = await nextMailTo(people.chidi.email, before)
    expect(mail.text).toContain(`Books ${unique}`)
  })

  await test.step('Grace has another team take the clerk over', async () => {
    await openItem(grace, clerk)
    await grace.getByRole('button', { name: /^Reassign/ }).click()
    const dialog = grace.getByRole('dialog')
    await dialog.getByLabel('Team').fill(`Team of hana ${unique}`)
    await grace.getByRole('option', { name: new RegExp(`Team of hana ${unique}`) }).click()
    await dialog.getByLabel('Comment').fill('Payments took the clerk over')
    await dialog.getByRole('button', { name: 'Reassign' }).click()
    await expect(decisionsOn(grace)).toContainText('took the clerk over')
  })

  await test.step('Emily hears by mail that the revocation may be contested, and contests it', async () => {
    const before = mailsTo(people.emily.email).length
    await turnForward(10, [campaignJobs.advance])
    await untilState(api, slug, 'settled')
    await wakeJobs([campaignJobs.mail])
    const mail = await nextMailTo(people.emily.email, before)
    await visit(emily, linkIn(mail, new RegExp(`contest the revocation of ${agents.hana}`)))
    await emily.getByRole('button', { name: 'Contest' }).click()
    const dialog = emily.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Month-end still runs on it')
    await dialog.getByRole('button', { name: 'Contest' }).click()
    await expect(emily.getByText(/^Contested\. /)).toBeVisible()
  })

  await test.step('the lead upholds the revocation', async () => {
    await visit(page, urls.campaign(slug))
    const challenges = page.getByRole('region', { name: 'Challenges' })
    await expect(challenges).toContainText('Month-end still runs on it')
    await challenges.getByRole('button', { name: /^Uphold/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Note').fill('Month-end has moved as well')
    await dialog.getByRole('button', { name: 'Uphold' }).click()
    await expect(challenges).toContainText('All decided')
  })

  await test.step('it closes, and what was decided is done', async () => {
    await turnForward(8, [campaignJobs.advance])
    await untilState(api, slug, 'closed')
    const revoked = await api('bindings.get', { binding: bindings.hana })
    expect(revoked.state).toBe('revoked')
    const certified = await api('bindings.get', { binding: bindings.grace })
    expect(certified.certifiedAt).not.toBeNull()
    const owners = await api('owners.get', { agent: agents.farid, tool })
    expect(owners.layers.entitlement.team).toBe(teams.hana)
  })

  await test.step('the next import shows that the revoked access is gone', async () => {
    const [remediation] = (await api('remediations.list', { campaign: slug })).rows
    expect(remediation?.state).toBe('open')
    await importEstate(api, `${unique}-2`, {
      apiVersion: 'pentarch/v1',
      kind: 'Estate',
      bindings: [{ agent: agents.hana, tool, state: 'revoked' }],
    })
    expect((await api('remediations.list', { campaign: slug, state: 'verified' })).rows).toHaveLength(1)
  })

  await test.step('the report says all of it, on screen and as a PDF', async () => {
    await visit(page, urls.campaignReport(slug))
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`Books ${unique}`)
    await expect(page.getByText('replaced in spring').first()).toBeVisible()
    const pdf = await page.request.get(urls.campaignReportPdf(slug))
    expect(pdf.headers()['content-type']).toContain('application/pdf')
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  })
})
