import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** A binding of this test's own to a tool whose application is known, and a gateway that could stand before it. */
async function ownPath(api: Api, unique: string) {
  const { agent, tools } = await ownBindings(api, unique)
  const [tool = { slug: '', name: '' }] = tools
  const gateway = `Edge ${unique}`
  const application = `App ${unique}`
  const own = { independentPrivileges: 'yes' as const }
  await api('points.create', { name: gateway, kind: 'gateway', independentPrivileges: 'no' })
  await api('points.create', { name: `Hub ${unique}`, kind: 'broker', independentPrivileges: 'no' })
  const app = await api('points.create', { name: application, kind: 'application', ...own })
  const { version } = await api('tools.get', { slug: tool.slug })
  await api('tools.update', { slug: tool.slug, version, application: app.slug })
  return { agent, tool, gateway, application, broker: `Hub ${unique}`, slug: `${agent.slug}/${tool.slug}@production` }
}

const stops = (page: Page) =>
  page.getByRole('list', { name: 'Enforcement path in call order' }).locator(':scope > li').allInnerTexts()
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Edit the enforcement path' })

async function addPoint(page: Page, name: string) {
  await drawer(page).getByRole('combobox', { name: 'Add a point to the path' }).fill(name)
  await page.getByRole('option', { name }).click()
}

async function setMode(page: Page, name: string, mode: string) {
  await drawer(page)
    .getByRole('combobox', { name: `What ${name} does` })
    .click()
  await page.getByRole('option', { name: mode, exact: true }).click()
}

test('a path is built by keyboard, shows where trust breaks, is mended, and taken back', async ({
  page,
  api,
  unique,
}) => {
  const { slug, gateway, application, broker } = await ownPath(api, unique)
  await visit(page, urls.binding(slug))
  await expect(page.getByText('No path recorded')).toBeVisible()
  await page.getByRole('button', { name: 'Edit path' }).click()
  await addPoint(page, gateway)
  const points = drawer(page).getByRole('list', { name: 'Points of the path' }).getByRole('listitem')
  // The application of the tool comes with the first point, and stays last.
  await expect(points).toHaveCount(2)
  await expect(points.nth(1)).toContainText(application)
  await addPoint(page, broker)
  await expect(points).toHaveCount(3)

  const grip = drawer(page).getByRole('button', { name: new RegExp(`^Move ${broker}, number`) })
  await grip.press('ArrowUp')
  await expect(points.nth(0)).toContainText(broker)
  await expect(grip).toBeFocused()
  await grip.press('ArrowDown')
  await expect(points.nth(1)).toContainText(broker)
  await grip.press('ArrowDown')
  await expect(
    drawer(page).getByText(`${application} is the application of the tool and stays last.`).first(),
  ).toBeVisible()
  await expect(points.nth(1)).toContainText(broker)
  for (const [name, mode] of [
    [gateway, 'Enforces'],
    [broker, 'Enforces'],
    [application, 'Trusts upstream'],
  ] as const)
    await setMode(page, name, mode)
  await drawer(page).getByRole('textbox', { name: 'Reason' }).fill('As the network plan has it')
  await drawer(page).getByRole('button', { name: 'Save' }).click()
  await expect(drawer(page)).toBeHidden()

  await expect(page.getByRole('heading', { name: /The chain of trust breaks/ })).toBeVisible()
  await expect(page.getByText(`${application} lets through what arrives`, { exact: false })).toBeVisible()
  expect((await stops(page)).join('\n')).toMatch(new RegExp(`${gateway}[^]*${broker}[^]*${application}`))

  await page.getByRole('button', { name: 'Edit path' }).click()
  await setMode(page, application, 'Enforces')
  await drawer(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${application} lets through what arrives`, { exact: false })).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByText(`${application} lets through what arrives`, { exact: false })).toBeVisible()
})

test('a point is dragged to another place of the path', async ({ page, api, unique }) => {
  const { slug, gateway, application, broker } = await ownPath(api, unique)
  const path = [gateway, broker, application].map((name) => ({
    point: name.toLowerCase().replace(' ', '-'),
    mode: 'enforces' as const,
  }))
  const { version } = await api('bindings.get', { binding: slug })
  await api('bindings.update', { binding: slug, version, path })
  await visit(page, urls.binding(slug))
  await page.getByRole('button', { name: 'Edit path' }).click()
  const grip = (name: string) => drawer(page).getByRole('button', { name: new RegExp(`^Move ${name}, number`) })
  const points = drawer(page).getByRole('list', { name: 'Points of the path' }).getByRole('listitem')
  // Hovering waits for the drawer to have come to rest.
  await grip(broker).hover()
  const to = await grip(gateway).boundingBox()
  if (!to) throw new Error('The path is not shown')
  const x = to.x + to.width / 2
  await page.mouse.down()
  // The points make way while one is dragged over them, a frame after the pointer.
  await expect(async () => {
    await page.mouse.move(x, to.y + to.height, { steps: 8 })
    await page.mouse.move(x, to.y + 2, { steps: 4 })
    await expect(points.nth(0)).toContainText(broker, { timeout: 500 })
  }).toPass()
  await page.mouse.up()
  await expect(points.nth(0)).toContainText(broker)
  await drawer(page).getByRole('button', { name: 'Save' }).click()
  await expect(drawer(page)).toBeHidden()
  expect((await api('bindings.get', { binding: slug })).path.map(({ point }) => point.name)).toEqual([
    broker,
    gateway,
    application,
  ])
})

test('all bindings of chosen tools are routed through one gateway, shown first, and taken back', async ({
  page,
  api,
  unique,
}) => {
  const { slug, tool, gateway, application } = await ownPath(api, unique)
  await visit(page, urls.tools({ text: tool.name }))
  await page.getByRole('checkbox', { name: `Choose ${tool.name}` }).check()
  await page.getByRole('button', { name: 'Route through a point' }).click()
  const dialog = page.getByRole('dialog', { name: 'Route through a point' })
  await choose(page, 'Enforcement point', gateway)
  await expect(dialog.getByText('1 binding would change, 0 pass it already')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The gateway is in service')
  await dialog.getByRole('button', { name: 'Route 1 binding' }).click()
  await expect(page.getByText('1 binding passes it now.')).toBeVisible()
  const names = async () => (await api('bindings.get', { binding: slug })).path.map(({ point }) => point.name)
  expect(await names()).toEqual([gateway, application])

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  expect(await names()).toEqual([application])

  await visit(page, urls.enforcementPoint(`edge-${unique}`))
  await page.getByRole('button', { name: 'Route bindings through this' }).click()
  await expect(page.getByRole('dialog', { name: `Route bindings through ${gateway}` })).toBeVisible()
})
