import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { asFile, ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const day = (daysFromNow: number) => new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 10)

/** A campaign about one binding of this test's own, which was revoked in it and is closed. */
async function revokedBinding(api: Api, unique: string) {
  const { agent, tools } = await ownBindings(api, unique)
  const tool = tools[0]?.slug ?? ''
  const reviewers = { by: 'person' as const, person: 'farid.rahmani' }
  const { slug } = await api('campaigns.create', {
    name: `Review ${unique}`,
    definition: {
      kind: 'access',
      scope: { tool },
      selfReview: true,
      stages: [{ name: 'Leads', reviewers, duration: 'P14D' }],
    },
  })
  await api('campaigns.start', { slug })
  await expect.poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 30_000 }).toBe('running')
  const items = await api('campaigns.items', { slug })
  const answer = { verdict: 'revoke' as const, comment: 'Nobody calls it any more' }
  await api('reviews.decide', { decisions: items.rows.map(({ id }) => ({ item: id, ...answer })) })
  await api('campaigns.endStage', { slug, reason: 'All have answered' })
  await expect.poll(async () => (await api('campaigns.get', { slug })).state, { timeout: 30_000 }).toBe('closed')
  return { agent, tool, binding: `${agent.slug}/${tool}@production` }
}

test('revoked access is given to somebody, answered by evidence, and verified by an import', async ({
  page,
  api,
  unique,
}) => {
  test.setTimeout(120_000)
  const { agent, tool, binding } = await revokedBinding(api, unique)

  await visit(page, urls.remediations({ text: agent.slug }))
  await page
    .getByRole('table', { name: 'Remediations' })
    .getByRole('link', { name: `Bot ${unique}` })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Bot ${unique}`)

  await page.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Assignee').fill('Grace')
  await page.getByRole('option', { name: 'Grace Mutua' }).click()
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(page.getByRole('link', { name: 'Grace Mutua' })).toBeVisible()

  await page.getByRole('button', { name: 'Move due date' }).click()
  await dialog.getByLabel('Due').fill(day(20))
  await dialog.getByLabel('Reason').fill('After the freeze')
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(page.getByText(`Due on ${day(20)}: After the freeze`)).toBeVisible()

  const about = day(-1)
  await page.getByLabel('What shows it').fill('The role is deleted')
  await page.getByLabel('Link').fill('https://tickets.example/CH-2041')
  await page.getByLabel('Day it is about').fill(about)
  await page.getByRole('button', { name: 'Hand in evidence' }).click()
  const history = page.getByRole('list', { name: 'History' })
  await expect(history.getByText('Open → Evidence given')).toBeVisible()
  // The day it is about, beside the time when it was received.
  await expect(history.getByText(new RegExp(`About ${about} · received just now`))).toBeVisible()
  await expect(history.getByRole('link', { name: 'https://tickets.example/CH-2041' })).toBeVisible()

  const estate = {
    ...{ apiVersion: 'pentarch/v1', kind: 'Estate' },
    bindings: [{ agent: agent.slug, tool, state: 'revoked' }],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`gone-${unique}.json`, JSON.stringify(estate))] })
  await visit(page, urls.binding(binding))
  const remediation = page.getByRole('region', { name: 'Remediation' })
  await expect(remediation.getByText('Verified', { exact: true })).toBeVisible()
  await remediation.getByRole('link', { name: `Revoked by Review ${unique}` }).click()
  await expect(history.getByText('Evidence given → Verified')).toBeVisible()
})
