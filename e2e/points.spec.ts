import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { ownBindings } from './support/estate'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('an enforcement point is registered with who runs it, and becomes the application of a tool', async ({
  page,
  api,
  unique,
}) => {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  const name = `Core ${unique}`
  await visit(page, urls.enforcementPoints())
  await page.getByRole('button', { name: 'New enforcement point' }).click()
  const dialog = page.getByRole('dialog', { name: 'New enforcement point' })
  await dialog.getByRole('button', { name: 'Register enforcement point' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await choose(page, 'Run by', 'Cloud platform')
  await dialog.getByRole('button', { name: 'Register enforcement point' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page).toHaveURL(urls.enforcementPoint(`core-${unique}`))
  await expect(page.getByRole('link', { name: 'Cloud platform' })).toBeVisible()
  await expect(page.getByText('No tool names it as its application.')).toBeVisible()

  await visit(page, urls.tool(tool?.slug ?? ''))
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await choose(page, 'Application', name)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const binding = `${agent.slug}/${tool?.slug}@production`
  const { version } = await api('bindings.get', { binding })
  await api('bindings.update', { binding, version, path: [{ point: `core-${unique}`, mode: 'enforces' }] })

  await page.getByRole('link', { name, exact: true }).click()
  await expect(page).toHaveURL(urls.enforcementPoint(`core-${unique}`))
  await expect(page.getByRole('link', { name: tool?.name ?? '', exact: true }).first()).toBeVisible()
  const passing = page.getByRole('table', { name: 'Bindings that pass it' }).getByRole('row', { name: agent.name })
  await expect(passing).toContainText('Enforces')
  await expect(passing).toContainText('1 of 1')
  await page.getByRole('link', { name: 'In the list of bindings' }).click()
  await expect(page.getByRole('table', { name: 'Bindings' }).getByRole('link', { name: agent.name })).toBeVisible()

  await visit(page, urls.team('cloud-platform'))
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('who runs a point is asked to own enforcement there, accepts, and gives it back', async ({
  page,
  as,
  api,
  unique,
}) => {
  const name = `Edge ${unique}`
  const { slug } = await api('points.create', { name, kind: 'gateway', team: 'cloud-platform' })
  await visit(page, urls.enforcementPoint(slug))
  await page.getByRole('button', { name: 'Name owner' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign enforcement' })
  await dialog.getByRole('combobox', { name: 'Team' }).fill('Cloud platform')
  await page.getByRole('option', { name: 'Cloud platform' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They run it')
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(page.getByText('Unconfirmed')).toBeVisible()

  const grace = await as('grace')
  await visit(grace, urls.enforcementPoint(slug))
  await grace.getByRole('button', { name: 'Accept' }).click()
  await expect(grace.getByText('Owned', { exact: true })).toBeVisible()
  await grace.getByRole('button', { name: 'End', exact: true }).click()
  const end = grace.getByRole('dialog')
  await end.getByRole('textbox', { name: 'Reason' }).fill('Handed to the network team')
  await end.getByRole('button', { name: 'End it' }).click()
  await expect(end).toBeHidden()
  await expect(grace.getByText(/^Nobody is named here/)).toBeVisible()
})

test('two people edit one enforcement point: the second is told who changed what, and loses nothing', async ({
  page,
  as,
  api,
  unique,
  noise,
}) => {
  noise.expect(/status of 409/)
  const { slug } = await api('points.create', { name: `Core ${unique}`, kind: 'application' })
  await visit(page, urls.enforcementPoint(slug))
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Edit Core ${unique}` })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`Heart ${unique}`)

  const other = await as('chidi')
  await visit(other, urls.enforcementPoint(slug))
  await other.getByRole('button', { name: 'Edit', exact: true }).click()
  await choose(other, 'Run by', 'Cloud platform')
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(other.getByRole('dialog')).toBeHidden()

  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText(people.chidi.name)
  await expect(dialog.getByRole('alert')).toContainText(/team/i)
  await dialog.getByRole('button', { name: 'Reload, keeping what I typed' }).click()
  await expect(dialog.getByRole('combobox', { name: 'Run by' })).toHaveValue('Cloud platform')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(`Heart ${unique}`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect(await api('points.get', { slug })).toMatchObject({
    name: `Heart ${unique}`,
    team: { slug: 'cloud-platform' },
  })
})
