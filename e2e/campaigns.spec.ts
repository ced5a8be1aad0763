import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('a campaign is made from a template, previewed, started, run and stopped', async ({ page, as, api, unique }) => {
  // Its whole life is a long way.
  test.slow()
  const { agent } = await ownBindings(api, unique)
  const name = `Review of ${unique}`
  const { slug: template } = await api('campaignTemplates.create', {
    name: `Template ${unique}`,
    definition: {
      kind: 'access',
      scope: { agent: agent.slug },
      stages: [{ name: 'Leads', reviewers: { by: 'person', person: 'grace.mutua' }, duration: 'P14D' }],
    },
  })

  await visit(page, urls.campaignTemplate(template))
  await page.getByRole('link', { name: 'Make a campaign' }).click()
  await expect(page).toHaveTitle(/New campaign/)
  const preview = page.getByRole('region', { name: 'If it started now' })
  await expect(preview.getByRole('list', { name: 'Items for each reviewer' })).toContainText('Grace Mutua')

  // What is wrong stands at its field, and the rest of what was typed stays.
  await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name)
  const duration = page.getByRole('textbox', { name: 'Duration' })
  await duration.fill('a fortnight')
  await page.getByRole('button', { name: 'Start now' }).click()
  await expect(duration).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('dialog')).toBeHidden()
  await duration.fill('10 days')
  await page.getByRole('button', { name: 'Start now' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 person is asked')
  await dialog.getByRole('button', { name: 'Start now' }).click()

  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const end = page.getByRole('button', { name: 'End stage' })
  await expect(end).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('table', { name: 'Items' })).toContainText(`${agent.slug}/`)
  await expect(page.getByRole('region', { name: 'People' })).toContainText('Grace Mutua')

  // Ending the stage shows first what it comes to.
  await end.click()
  await expect(dialog).toContainText('without an answer, left as a gap')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()

  const comments = page.getByRole('region', { name: 'Comments' })
  await comments.getByRole('textbox', { name: 'Comment' }).fill('Begin with the critical ones')
  await comments.getByRole('button', { name: 'Comment' }).click()
  await expect(comments.getByRole('list')).toContainText('Begin with the critical ones')
  const path = new URL(page.url()).pathname
  const slug = path.split('/').at(-1) ?? ''
  for (let number = 1; number <= 20; number += 1) await api('campaigns.comment', { slug, text: `Note ${number}` })
  await visit(page, path)
  await expect(comments.getByRole('list')).not.toContainText('Begin with the critical ones')
  await comments.getByRole('button', { name: 'Earlier comments' }).click()
  await expect(comments.getByRole('list')).toContainText('Begin with the critical ones')

  // An auditor sees all of it and changes none of it.
  const mei = await as('mei')
  await visit(mei, path)
  await expect(mei.getByRole('button', { name: 'Stop' })).toHaveAccessibleDescription(/needs the role/)

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(dialog).toContainText('withdrawn: nothing is applied')
  await dialog.getByRole('button', { name: 'Stop it' }).click()
  await expect(dialog.getByText('Say why')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was only tried')
  await dialog.getByRole('button', { name: 'Stop it' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Why it was stopped' })).toContainText('It was only tried')

  await visit(page, urls.campaignTemplate(template))
  await page.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page).toHaveTitle(/Campaigns/)
  await expect(page.getByText(`Template ${unique}`, { exact: true })).toBeHidden()
})
