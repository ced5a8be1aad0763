import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { campaignJobs } from '@/lib/recertification/jobs'
import { urls } from '@/lib/urls'
import { people } from '../support/accounts'
import { appTime, turnForward } from '../support/clock'
import { asFile } from '../support/estate'
import { linkIn, mailsTo, nextMailTo, noonTimeZone } from '../support/mail'
import { expect, test } from '../support/test'

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

const openItem = async (page: Page, id: string | undefined) => {
  await page.goto(urls.reviewItem(id ?? 'missing'))
  await expect(page.getByRole('region', { name: 'Your decision' })).toBeVisible()
}

test('a campaign ends in something: asked by mail, answered, contested, applied, and shown to be gone', async ({
  api,
  as,
  page,
  unique,
}) => {
  test.setTimeout(240_000)
  await livesAtNoon(api)
  const { tool, teams, bindings, agents } = await arrange(api, unique)
  const mailed = mailsTo(people.grace.email).length
  const { slug } = await api('campaigns.create', {
    name: `Books ${unique}`,
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
  await api('campaigns.start', { slug })
  await untilState(api, slug, 'running')
  const items = await itemsOf(api, slug)
  expect(items.size).toBe(3)

  // One mail a day: what came after today's stands in tomorrow's.
  await turnForward(1, [campaignJobs.mail])
  const mail = await nextMailTo(people.grace.email, mailed)
  const grace = await as('grace')
  await grace.goto(linkIn(mail, new RegExp(agents.grace)))
  await expect(grace.getByRole('region', { name: 'Your decision' })).toBeVisible()
  await grace.keyboard.press('c')
  await expect(grace.getByRole('region', { name: 'Decisions in this campaign' })).toContainText('Grace Mutua')

  const hana = await as('hana')
  await hana.setViewportSize(phone)
  await openItem(hana, items.get(bindings.hana))
  await hana.getByRole('button', { name: /^Revoke/ }).click()
  const dialog = hana.getByRole('dialog')
  await dialog.getByLabel('Comment').fill('The payer was replaced in spring')
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(hana.getByRole('region', { name: 'Decisions in this campaign' })).toContainText('replaced in spring')

  const clerk = items.get(bindings.farid) ?? ''
  await api('reviews.handOver', { items: [clerk], to: 'grace.mutua', reason: 'Grace knows the clerk' })
  const chidi = await as('chidi')
  await openItem(chidi, clerk)
  await expect(chidi.getByRole('button', { name: /^Certify/ })).toHaveCount(0)
  await turnForward(5, [campaignJobs.advance])
  await expect(async () => {
    await openItem(chidi, clerk)
    await expect(chidi.getByRole('button', { name: /^Certify/ })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })

  await openItem(grace, clerk)
  await grace.getByRole('button', { name: /^Reassign/ }).click()
  const reassign = grace.getByRole('dialog')
  await reassign.getByLabel('Team').fill(`Team of hana ${unique}`)
  await grace.getByRole('option', { name: new RegExp(`Team of hana ${unique}`) }).click()
  await reassign.getByLabel('Comment').fill('Payments took the clerk over')
  await reassign.getByRole('button', { name: 'Reassign' }).click()
  await expect(grace.getByRole('region', { name: 'Decisions in this campaign' })).toContainText('took the clerk over')

  await turnForward(10, [campaignJobs.advance])
  await untilState(api, slug, 'settled')
  const emily = await as('emily')
  await openItem(emily, items.get(bindings.hana))
  await emily.getByRole('button', { name: 'Contest' }).click()
  const contest = emily.getByRole('dialog')
  await contest.getByLabel('Reason').fill('Month-end still runs on it')
  await contest.getByRole('button', { name: 'Contest' }).click()
  await expect(emily.getByText(/^Contested\. /)).toBeVisible()

  await page.goto(urls.campaign(slug))
  const challenges = page.getByRole('region', { name: 'Challenges' })
  await expect(challenges).toContainText('Month-end still runs on it')
  await challenges.getByRole('button', { name: /^Uphold/ }).click()
  const uphold = page.getByRole('dialog')
  await uphold.getByLabel('Note').fill('Month-end has moved as well')
  await uphold.getByRole('button', { name: 'Uphold' }).click()
  await expect(challenges).toContainText('All decided')

  await turnForward(8, [campaignJobs.advance])
  await untilState(api, slug, 'closed')
  const revoked = await api('bindings.get', { binding: bindings.hana })
  expect(revoked.state).toBe('revoked')
  const certified = await api('bindings.get', { binding: bindings.grace })
  expect(certified.certifiedAt).not.toBeNull()
  const owners = await api('owners.get', { agent: agents.farid, tool })
  expect(owners.layers.entitlement.team).toBe(teams.hana)

  const [remediation] = (await api('remediations.list', { campaign: slug })).rows
  expect(remediation?.state).toBe('open')
  await importEstate(api, `${unique}-2`, {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    bindings: [{ agent: agents.hana, tool, state: 'revoked' }],
  })
  expect((await api('remediations.list', { campaign: slug, state: 'verified' })).rows).toHaveLength(1)

  await page.goto(urls.campaignReport(slug))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Books ${unique}`)
  await expect(page.getByText('replaced in spring').first()).toBeVisible()
  const pdf = await page.request.get(urls.campaignReportPdf(slug))
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
})
