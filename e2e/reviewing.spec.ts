import type { Page } from '@playwright/test'
import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { type OwnCampaign, ownCampaign } from './support/campaigns'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: 'hana' })

const rowOf = (page: Page, tool: string) => page.getByRole('listitem').filter({ hasText: `→ ${tool}` })
const boxOf = (page: Page, { agent }: OwnCampaign, tool: string) =>
  page.getByRole('checkbox', { name: `Select ${agent} → ${tool}` })
const cardOf = (page: Page, { name }: OwnCampaign) =>
  page.getByRole('list', { name: 'Campaigns' }).getByRole('listitem').filter({ hasText: name })
const tool = ({ tools }: OwnCampaign, index: number) => String(tools.at(index))

test('items are certified, revoked with a comment and taken back with keys alone', async ({ page, api, unique }) => {
  const campaign = await ownCampaign(api, unique)
  await visit(page, urls.reviews({ campaign: campaign.slug }))
  await expect(cardOf(page, campaign)).toContainText('0 of 4 answered')
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await expect(rowOf(page, tool(campaign, 0)).getByText('Certified', { exact: true })).toBeVisible()
  await expect(cardOf(page, campaign)).toContainText('1 of 4 answered')

  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(tool(campaign, 1))
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog.getByText('Say why')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('Not used since the move')
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, tool(campaign, 1)).getByText('To be revoked')).toBeVisible()
  await expect(cardOf(page, campaign)).toContainText('2 of 4 answered')

  await page.keyboard.press('u')
  await expect(rowOf(page, tool(campaign, 1)).getByText('To be revoked')).toBeHidden()
  await expect(cardOf(page, campaign)).toContainText('1 of 4 answered')

  await visit(page, urls.reviews({ campaign: campaign.slug, state: 'answered' }))
  await expect(page.getByRole('button', { name: tool(campaign, 1) })).toHaveCount(0)
  await page.getByRole('button', { name: tool(campaign, 0) }).click()
  await page.getByRole('button', { name: 'Take back' }).click()
  await expect(cardOf(page, campaign)).toContainText('0 of 4 answered')
  await expect(page.getByRole('button', { name: tool(campaign, 0) })).toHaveCount(0)
})

test('many are certified at once, with a comment on each of high risk', async ({ page, api, unique }) => {
  const campaign = await ownCampaign(api, unique)
  await visit(page, urls.reviews({ campaign: campaign.slug, group: 'agent' }))
  await page.getByRole('checkbox', { name: `Select all shown of ${campaign.agent}` }).check()
  const bar = page.getByRole('toolbar', { name: 'Selected items' })
  await expect(bar).toContainText('4 selected')
  await bar.getByRole('button', { name: 'Certify' }).click()
  const dialog = page.getByRole('dialog')
  const own = dialog.getByRole('textbox', { name: tool(campaign, -1) })
  await dialog.getByRole('button', { name: 'Certify' }).click()
  await expect(dialog.getByText('Say why')).toBeVisible()
  await own.fill('Looked at with the sponsor')
  await dialog.getByRole('button', { name: 'Certify' }).click()
  await expect(cardOf(page, campaign)).toContainText('4 of 4 answered')
  await expect(page.getByText('Certified', { exact: true })).toHaveCount(4)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cardOf(page, campaign)).toContainText('0 of 4 answered')
  await expect(page.getByText('Certified', { exact: true })).toHaveCount(0)
})

test('one item is handed over, and its address opens it for whoever has it then', async ({ page, as, api, unique }) => {
  const campaign = await ownCampaign(api, unique, 2)
  await visit(page, urls.reviews({ campaign: campaign.slug }))
  await boxOf(page, campaign, tool(campaign, 0)).check()
  await page.getByRole('toolbar').getByRole('button', { name: 'Hand over' }).click()
  await choose(page, 'To', people.emily.name)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('She runs it')
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await expect(rowOf(page, tool(campaign, 0))).toHaveCount(0)

  const emily = await as('emily')
  await visit(emily, urls.reviews({ campaign: campaign.slug }))
  await emily.getByRole('button', { name: tool(campaign, 0) }).click()
  await emily.getByRole('link', { name: 'Everything about it' }).click()
  await expect(emily.getByRole('heading', { level: 1 })).toContainText(tool(campaign, 0))
  await expect(emily.getByRole('region', { name: 'Who is asked' })).toContainText('She runs it')
  await emily.getByRole('region', { name: 'Your decision' }).getByRole('button', { name: 'Certify' }).click()
  await expect(emily.getByRole('region', { name: 'Decisions in this campaign' })).toContainText(people.emily.name)

  // Anybody may read it who may read campaigns; deciding is for who is asked.
  const chidi = await as('chidi')
  await visit(chidi, new URL(emily.url()).pathname)
  await expect(chidi.getByRole('heading', { level: 1 })).toContainText(tool(campaign, 0))
  await expect(chidi.getByRole('region', { name: 'Your decision' }).getByRole('button')).toHaveCount(0)
})

test('somebody else’s item is read with why one cannot decide', async ({ as, api, unique }) => {
  const campaign = await ownCampaign(api, unique, 1)
  const { rows } = await api('campaigns.items', { slug: campaign.slug })
  const grace = await as('grace')
  await visit(grace, urls.reviewItem(String(rows[0]?.id)))
  const decision = grace.getByRole('region', { name: 'Your decision' })
  await expect(decision).toContainText('Somebody else is asked about it.')
  await expect(decision.getByRole('button')).toHaveCount(0)
  await grace.keyboard.press('c')
  await expect(grace.getByRole('region', { name: 'Decisions in this campaign' })).toContainText(
    'Nobody has said anything',
  )
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('an item is unfolded, decided and taken back by thumb', async ({ page, api, unique }) => {
    const campaign = await ownCampaign(api, unique, 2)
    await visit(page, urls.reviews({ campaign: campaign.slug }))
    const first = page.getByRole('button', { name: tool(campaign, 0) })
    await first.tap()
    const certify = page.getByRole('button', { name: 'Certify', exact: true })
    await expect(certify).toBeInViewport({ ratio: 1 })
    expect((await certify.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await certify.tap()
    await expect(rowOf(page, tool(campaign, 0)).getByText('Certified', { exact: true })).toBeVisible()
    await expect(cardOf(page, campaign)).toContainText('1 of 2 answered')
    await page.getByRole('button', { name: 'Undo' }).tap()
    await expect(cardOf(page, campaign)).toContainText('0 of 2 answered')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
  })
})
