import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { choose, pressWithReason } from './support/forms'
import { matrixOn } from './support/matrix'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('a team is founded with its lead, takes a layer on, and leaves it orphaned when it is dissolved', async ({
  page,
  api,
  unique,
}) => {
  const { agent, tools } = await ownBindings(api, unique)
  const [tool] = tools
  await visit(page, urls.people())
  await page.getByRole('button', { name: 'New person' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Ana ${unique}`)
  await page.getByRole('button', { name: 'Register person' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Ana ${unique}` })).toBeVisible()

  await visit(page, urls.teams())
  await page.getByRole('button', { name: 'New team' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Team ${unique}`)
  await dialog.getByRole('combobox', { name: 'Function' }).click()
  await page.getByRole('option', { name: /application/i }).click()
  await choose(page, 'Add a member', `Ana ${unique}`)
  await expect(dialog.getByRole('list', { name: 'Members' })).toContainText(`Ana ${unique}`)
  await dialog.getByRole('button', { name: 'Register team' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Team ${unique}` })).toBeVisible()
  await expect(page.getByRole('link', { name: `Ana ${unique}` }).first()).toBeVisible()
  const address = page.url()

  const targets = [{ layer: 'enforcement', scope: 'tool', subject: tool?.slug ?? '' }] as const
  await api('assignments.create', { targets: [...targets], team: `team-${unique}`, reason: 'They run it' })
  await visit(page, address)
  await expect(page.getByRole('link', { name: tool?.name ?? '' }).first()).toBeVisible()
  await pressWithReason(page, 'Dissolve', 'Merged into another')
  await expect(page.getByRole('button', { name: 'Restore' })).toBeVisible()

  await visit(page, urls.matrix({ text: unique }))
  const cell = await matrixOn(page).cell(agent.name, 'enforcement')
  await expect(cell).toContainText(`Team ${unique}, inherited from the tool, orphaned`)
  await visit(page, urls.gaps({ rule: 'owner-orphaned', text: unique }))
  await expect(page.getByRole('table', { name: 'Gaps' })).toContainText(`Team ${unique} is dissolved.`)
})

test('who leaves is named wherever they are missed', async ({ page, api, unique }) => {
  await api('people.create', { name: `Ben ${unique}`, externalId: `ben-${unique}` })
  const { slug, version } = await api('agents.create', { name: `Bot ${unique}`, sponsor: `ben-${unique}` })
  await api('agents.transition', { slug, version, to: 'active' })
  await visit(page, urls.person(`ben-${unique}`))
  await page.getByRole('button', { name: 'Mark as left' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/sponsor/i)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Went elsewhere')
  await dialog.getByRole('button', { name: 'Mark as left' }).click()
  await expect(page.getByRole('button', { name: 'Mark as active' })).toBeVisible()
  await visit(page, urls.gaps({ rule: 'sponsor-left', text: unique }))
  await expect(page.getByRole('table', { name: 'Gaps' })).toContainText(`Ben ${unique}, the sponsor of Bot ${unique}`)
})

test.describe('a lead of a team', () => {
  test.use({ who: 'grace' })

  test('may change the contact of that team, and nothing else', async ({ page, unique }) => {
    const contact = `cloud-${unique}@kestrelbay.example`
    await visit(page, urls.team('cloud-platform'))
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('As lead of the team you may change its contact.')
    await dialog.getByRole('textbox', { name: 'Contact' }).fill(contact)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText(contact).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Dissolve' })).toHaveAccessibleDescription(
      /As lead of Cloud platform you may change its contact/,
    )
    await visit(page, urls.team('privileged-access'))
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAttribute('aria-disabled', 'true')
  })
})
