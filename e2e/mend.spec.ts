import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('many layers get their likely owners at once by keyboard, the gaps close, and one undo takes all of it back', async ({
  page,
  api,
  unique,
}) => {
  const { tools } = await ownBindings(api, unique, 3)
  await visit(page, urls.mend({ text: unique }))
  const likely = page.getByRole('region', { name: 'Privilege: Privileged access' })
  for (const { name } of tools) await expect(likely.getByRole('link', { name })).toBeVisible()
  await expect(likely).toContainText('Usually held by privileged access management')

  await likely.getByRole('checkbox', { name: 'All of Privilege: Privileged access' }).focus()
  await page.keyboard.press('Space')
  const bar = page.getByRole('toolbar', { name: 'Chosen layers' })
  await expect(bar).toContainText('3 layers of 3 bindings chosen')
  await bar.getByRole('button', { name: 'Assign 3 layers' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Assign 3 layers' })
  await expect(dialog).toContainText('Privileged access: 3 layers of 3 bindings')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They bound every power')
  await dialog.getByRole('button', { name: 'Assign' }).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(likely).toBeHidden()
  const open = async () => {
    const { rows } = await api('gaps.list', { rule: 'layer-unowned', layer: 'privilege', q: unique })
    return rows.length
  }
  expect(await open()).toBe(0)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await expect(likely).toBeVisible()
  expect(await open()).toBe(3)
})

test('a layer for which nobody is likely gets the owner somebody chooses', async ({ page, api, unique }) => {
  const {
    tools: [tool],
  } = await ownBindings(api, unique)
  await visit(page, urls.mend({ text: unique, by: 'layer' }))
  const enforcement = page.getByRole('region', { name: 'Enforcement' })
  await expect(enforcement.getByRole('checkbox', { name: `Mend enforcement of ${tool?.name}` })).toBeDisabled()
  await enforcement.getByRole('button', { name: `Change the owner of enforcement of ${tool?.name}` }).click()
  await choose(page, 'Team', 'Cloud platform')
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
  await expect(enforcement).toContainText('Cloud platform')
  await page.getByRole('button', { name: 'Assign 1 layer' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('They run it')
  await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click()
  await expect(enforcement).toBeHidden()
})

test('what somebody else mended meanwhile is not overwritten', async ({ page, api, unique, noise }) => {
  noise.expect(/status of 409/)
  const { agent } = await ownBindings(api, unique)
  await visit(page, urls.mend({ text: unique }))
  await page.getByRole('checkbox', { name: `Mend monitoring of ${agent.name}` }).click()
  await api('assignments.create', {
    targets: [{ layer: 'monitoring', scope: 'agent', subject: agent.slug }],
    team: 'cloud-platform',
    reason: 'They watch it already',
  })
  await page.getByRole('button', { name: 'Assign 1 layer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They watch everything')
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Nothing was overwritten')
})

test('a binding at critical risk is not activated before every layer has an owner, and says so beforehand', async ({
  page,
  api,
  unique,
}) => {
  const agent = await api('agents.create', {
    slug: `agent-${unique}`,
    name: `Agent ${unique}`,
    sponsor: 'farid.rahmani',
  })
  const tool = await api('tools.create', { slug: `tool-${unique}`, name: `Tool ${unique}` })
  const bound = { agent: agent.slug, tool: tool.slug, risk: 'critical' as const, intent: 'Look up the caller' }
  const { slug } = await api('bindings.create', bound)
  await api('bindings.transition', { binding: slug, version: 1, to: 'approved', reason: 'Wanted' })
  await visit(page, urls.binding(slug))
  const notice = page.getByRole('region', { name: 'Before it is activated' })
  await expect(notice).toContainText('It cannot be activated yet')
  await expect(notice).toContainText('Nobody owns Privilege, Enforcement, Monitoring here')
  await expect(page.getByRole('button', { name: 'Activate' })).toBeDisabled()

  await notice.getByRole('button', { name: 'Name an owner of privilege' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign privilege' })
  await dialog.getByRole('button', { name: /Privileged access/ }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They bound every power')
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(notice).toContainText('Nobody owns Enforcement, Monitoring here')
})
