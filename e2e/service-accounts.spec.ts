import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { pentarch } from './support/cli'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: 'leila' })

/** An active agent with a sponsor of this test's own. */
async function sponsored(api: Api, unique: string) {
  const sponsor = `keeper-${unique}`
  await api('people.create', { externalId: sponsor, name: `Keeper ${unique}` })
  const { slug } = await api('agents.create', { name: `Nightly ${unique}`, sponsor })
  await move(api, slug, 'active')
  return { slug, sponsor }
}

async function move(api: Api, slug: string, to: 'active' | 'suspended'): Promise<void> {
  const { version } = await api('agents.get', { slug })
  await api('agents.transition', { slug, version, to, reason: 'For the test' })
}

test('a script gets an account for its agent, works by its token, and is seen when nobody answers for it', async ({
  page,
  api,
  unique,
}) => {
  const { slug, sponsor } = await sponsored(api, unique)
  await visit(page, urls.accounts())
  await page.getByRole('link', { name: 'Accounts of scripts and services' }).click()
  await page.getByRole('button', { name: 'New service account' }).click()
  await page.getByRole('dialog').getByLabel('Agent').fill(`Nightly ${unique}`)
  await page.getByRole('option', { name: `Nightly ${unique}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make account' }).click()
  await expect(page.getByRole('heading', { name: `Service account of Nightly ${unique}` })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(`Keeper ${unique}`)

  const token = await test.step('its token is shown once, and works', async () => {
    await page.getByRole('button', { name: 'New token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Import at night')
    await dialog.getByRole('button', { name: 'Make token' }).click()
    const made = await dialog.getByRole('textbox', { name: 'Token' }).inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('row', { name: /Import at night/ })).toContainText('never')
    expect(await pentarch(['list', 'teams'], made)).toMatchObject({ code: 0, stderr: '' })
    await page.reload()
    await expect(page.getByRole('row', { name: /Import at night/ })).not.toContainText('never')
    return made
  })

  await test.step('who answers for it leaves: a gap is open on its agent', async () => {
    const { version } = await api('people.get', { person: sponsor })
    await api('people.update', { person: sponsor, version, status: 'left', reason: 'New job elsewhere' })
    await page.reload()
    await expect(page.getByRole('main')).toContainText('has left')
    await page.getByRole('link', { name: 'Open the gap' }).click()
    await expect(page.getByRole('row', { name: new RegExp(`Nightly ${unique}`) })).toContainText('no sponsor')
  })

  await test.step('with its agent suspended, it is not let in', async () => {
    await move(api, slug, 'suspended')
    expect((await pentarch(['list', 'teams'], token)).code).toBe(3)
    await visit(page, urls.serviceAccounts({ text: unique }))
    await expect(page.getByRole('row', { name: new RegExp(`Nightly ${unique}`) })).toContainText('suspended')
  })
})

test('whoever may not change service accounts sees them and is told why', async ({ as }) => {
  const auditor = await as('mei')
  await visit(auditor, urls.serviceAccounts())
  await expect(auditor.getByRole('button', { name: 'New service account' })).toBeDisabled()
  const engineer = await as('chidi')
  await visit(engineer, urls.serviceAccounts())
  await expect(engineer.getByRole('main')).toContainText('Engineer')
  await visit(engineer, urls.serviceAccount('claims-payer'))
  await expect(engineer.getByRole('heading', { name: 'Not for your role' })).toBeVisible()
})
