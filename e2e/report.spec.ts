import { readFile } from 'node:fs/promises'
import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { passwordOf } from './support/accounts'
import { ownBindings } from './support/estate'
import { showedLongAgo, signInOn } from './support/sign-in'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** A closed campaign about one binding of this test's own, which was certified in it. */
async function closedCampaign(api: Api, unique: string) {
  const { tools } = await ownBindings(api, unique)
  const reviewers = { by: 'person' as const, person: 'farid.rahmani' }
  const { slug } = await api('campaigns.create', {
    name: `Signed review ${unique}`,
    definition: {
      kind: 'access',
      scope: { tool: tools[0]?.slug ?? '' },
      stages: [{ name: 'Leads', reviewers, duration: 'P14D' }],
      attestation: 'I have looked at every answer.',
      // Farid sponsors the agent.
      selfReview: true,
    },
  })
  await api('campaigns.start', { slug })
  await expect.poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 30_000 }).toBe('running')
  const items = await api('campaigns.items', { slug })
  const answer = { verdict: 'certify' as const, comment: '=Still needed' }
  await api('reviews.decide', { decisions: items.rows.map(({ id }) => ({ item: id, ...answer })) })
  await api('campaigns.endStage', { slug, reason: 'All have answered' })
  await expect.poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 30_000 }).toBe('closed')
  return slug
}

test('the report of a closed campaign is read, signed, checked and taken along', async ({ as, api, unique, noise }) => {
  test.setTimeout(120_000)
  noise.expect(/status of 401/)
  const slug = await closedCampaign(api, unique)
  // A session of its own: showing once more who one is ends the one that others share.
  const page = await as(null)
  await signInOn(page, 'farid')
  await visit(page, urls.campaignReport(slug))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Report: Signed review ${unique}`)
  const records = page.getByRole('table', { name: 'Records' })
  await expect(records).toContainText('Farid Rahmani')
  await expect(records).toContainText('Still needed')
  await expect(records).toContainText('answers for it themselves')

  // A table that is too wide is a stop for the keyboard, which scrolls it; one that fits is none.
  const frame = page.getByRole('region', { name: 'Course, table' })
  await expect(frame).toHaveCount(0)
  await page.setViewportSize({ width: 390, height: 844 })
  await frame.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => frame.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('button', { name: 'Sign the report' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('What you attest to')).toHaveValue('I have looked at every answer.')
  await showedLongAgo(page)
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
  const confirm = page.getByRole('dialog', { name: 'Show that it is you' })
  await confirm.getByRole('textbox', { name: 'Your password' }).fill('not it')
  await confirm.getByRole('button', { name: 'Go on' }).click()
  await expect(confirm).toContainText('wrong')
  await expect(dialog.first().getByLabel('What you attest to')).toHaveValue('I have looked at every answer.')
  await confirm.getByRole('textbox', { name: 'Your password' }).fill(passwordOf('farid'))
  await confirm.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('Signed electronically by Farid Rahmani')).toBeVisible()
  await expect(page.getByText('The record is as it was signed')).toBeVisible()

  await page.getByRole('button', { name: 'Download' }).click()
  const [pdf] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Report as PDF' }).click(),
  ])
  expect(pdf.suggestedFilename()).toBe(`${slug}-report.pdf`)
  expect((await readFile(await pdf.path())).subarray(0, 5).toString()).toBe('%PDF-')

  await page.getByRole('button', { name: 'Download' }).click()
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Every decision as CSV' }).click(),
  ])
  expect(csv.suggestedFilename()).toBe(`${slug}-decisions.csv`)
  const rows = (await readFile(await csv.path(), 'utf8')).trimEnd().split('\r\n')
  expect(rows).toHaveLength(2)
  expect(rows[1]).toContain(",'=Still needed,")
})
