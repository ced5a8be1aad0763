import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { asFile } from './support/estate'
import { choose } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** A chain of three agents of this test's own, the last of which reaches a tool that no other does. */
async function ownChain(api: Api, unique: string) {
  const [planner, finder, writer] = ['Planner', 'Finder', 'Writer'].map((name) => ({
    slug: `${name.toLowerCase()}-${unique}`,
    name: `${name} ${unique}`,
    lifecycle: 'active',
    sponsor: 'farid.rahmani',
  }))
  if (!planner || !finder || !writer) throw new Error('Three agents are made')
  const tool = { slug: `vault-${unique}`, name: `Vault ${unique}`, independentPrivileges: 'yes' }
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    agents: [planner, finder, writer],
    tools: [tool],
    bindings: [{ agent: writer.slug, tool: tool.slug, state: 'active', risk: 'high', actions: ['read'] }],
    delegations: [
      { from: planner.slug, to: finder.slug, scope: 'Find things' },
      { from: finder.slug, to: writer.slug, scope: 'Write things' },
    ],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`chain-${unique}.json`, JSON.stringify(estate))] })
  return { planner, finder, writer, tool }
}

test('the picture is walked by keyboard, and says where privilege widens', async ({ page, api, unique }) => {
  const { planner, finder, writer, tool } = await ownChain(api, unique)
  await visit(page, urls.delegations({ agent: planner.slug }))
  const picture = page.getByRole('application', { name: 'Delegation graph' })
  await expect(picture).toBeVisible()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('button', { name: `Delegation ${finder.name} to ${writer.name}` })).toBeVisible()

  await picture.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: `${planner.name}, ` })).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: `${finder.name}, ` })).toBeAttached()
  await details.getByRole('button', { name: `Delegation ${finder.name} to ${writer.name}` }).click()
  await expect(details.getByText(`Reaches ${tool.name} (high risk, acts with its own credentials)`)).toBeVisible()
  await expect(details.getByText('Write things')).toBeVisible()

  await details.getByRole('button', { name: writer.name, exact: true }).click()
  await picture.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: writer.name })).toBeVisible()
  await expect(page.getByRole('application', { name: 'Delegation graph' })).toBeVisible()
})

test('the list says the same as the picture, and a delegation comes and goes with its reason', async ({
  page,
  api,
  unique,
  noise,
}) => {
  noise.expect(/status of 422/)
  const { planner, finder, writer } = await ownChain(api, unique)
  await visit(page, urls.delegations())
  await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click()
  await page.getByRole('textbox', { name: 'Name of either agent' }).fill(unique)
  const table = page.getByRole('table', { name: 'Delegations' })
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(table.getByRole('row', { name: finder.name }).filter({ hasText: writer.name })).toContainText('+1 tool')

  await page.getByRole('button', { name: 'New delegation' }).click()
  const dialog = page.getByRole('dialog', { name: 'New delegation' })
  await choose(page, 'Agent that calls', writer.name)
  await choose(page, 'Agent that is called', planner.name)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Closing the circle')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText(`${planner.name} leads back to ${writer.name}`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await table.getByRole('button', { name: `Remove the delegation with ${planner.name} to ${finder.name}` }).click()
  const remove = page.getByRole('dialog')
  await remove.getByRole('textbox', { name: 'Reason' }).fill('Not needed any more')
  await remove.getByRole('button', { name: 'Remove' }).click()
  await expect(table.getByRole('row')).toHaveCount(2)
})
