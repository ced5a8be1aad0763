import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { ownBindings } from './support/estate'
import { choose, pressWithReason } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe('an engineer', () => {
  test.use({ who: 'chidi' })

  test('registers agent and tool, asks for access, has it approved and activated', async ({ page, unique }) => {
    await visit(page, urls.agents())
    await page.getByRole('button', { name: 'New agent' }).click()
    const dialog = page.getByRole('dialog', { name: 'New agent' })
    await dialog.getByRole('button', { name: 'Propose agent' }).click()
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(`Bot ${unique}`)
    await dialog.getByRole('textbox', { name: 'Purpose' }).fill('Answers what callers ask')
    await choose(page, 'Sponsor', people.farid.name)
    await dialog.getByRole('button', { name: 'Propose agent' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Bot ${unique}` })).toBeVisible()
    await expect(page).toHaveURL(urls.agent(`bot-${unique}`))
    await pressWithReason(page, 'Activate')
    await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible()

    await visit(page, urls.tools())
    await page.getByRole('button', { name: 'New tool' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Tool ${unique}`)
    await page.getByRole('button', { name: 'Register tool' }).click()
    await expect(page).toHaveURL(urls.tool(`tool-${unique}`))

    await visit(page, urls.agent(`bot-${unique}`))
    await page.getByRole('button', { name: 'New binding' }).click()
    await choose(page, 'Tool', `Tool ${unique}`)
    await page.getByRole('dialog').getByRole('textbox', { name: 'Intent' }).fill('Look up the caller')
    await page.getByRole('button', { name: 'Request access' }).click()
    await expect(page).toHaveURL(urls.binding(`bot-${unique}/tool-${unique}@production`))
    await pressWithReason(page, 'Approve')
    await page.getByRole('button', { name: 'Activate', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText('Nobody owns Privilege, Enforcement, Monitoring here.')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('It is wanted today')
    await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Activate', exact: true })).toBeHidden()
    await visit(page, `/gaps?tool=tool-${unique}`)
    await expect(page.getByText(`Nobody owns enforcement of Tool ${unique}`)).toBeVisible()
  })
})

test('at critical risk no binding becomes active while a layer has no owner', async ({ page, api, unique }) => {
  const agent = await api('agents.create', { name: `Bot ${unique}`, sponsor: 'farid.rahmani' })
  const tool = await api('tools.create', { name: `Tool ${unique}`, kind: 'api' })
  const intent = 'Pay what was approved'
  const { slug, version } = await api('bindings.create', {
    agent: agent.slug,
    tool: tool.slug,
    risk: 'critical',
    intent,
  })
  await api('bindings.transition', { binding: slug, version, to: 'approved' })
  await visit(page, urls.binding(slug))
  const button = page.getByRole('button', { name: 'Activate', exact: true })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(/At critical risk every layer needs an owner first/)
})

test('two people edit one agent: the second is told who changed what, and loses nothing', async ({
  page,
  as,
  api,
  unique,
  noise,
}) => {
  noise.expect(/status of 409/)
  const { slug } = await api('agents.create', { name: `Bot ${unique}`, purpose: 'Answers calls' })
  await visit(page, urls.agent(slug))
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Edit Bot ${unique}` })
  await dialog.getByRole('textbox', { name: 'Decision log' }).fill('The archive')

  const other = await as('chidi')
  await visit(other, urls.agent(slug))
  await other.getByRole('button', { name: 'Edit', exact: true }).click()
  await other.getByRole('dialog').getByRole('textbox', { name: 'Purpose' }).fill('Answers calls and letters')
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(other.getByRole('dialog')).toBeHidden()

  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText(people.chidi.name)
  await expect(dialog.getByRole('alert')).toContainText(/purpose/i)
  await dialog.getByRole('button', { name: 'Reload, keeping what I typed' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Purpose' })).toHaveValue('Answers calls and letters')
  await expect(dialog.getByRole('textbox', { name: 'Decision log' })).toHaveValue('The archive')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect(await api('agents.get', { slug })).toMatchObject({
    purpose: 'Answers calls and letters',
    decisionLog: { source: 'The archive' },
  })
})

test('an agent that an import has found is adopted, and is no shadow any more', async ({ page, api, unique }) => {
  const card = { name: `Found ${unique}`, description: 'Seen on the network', url: 'https://example.org/a2a' }
  const contentBase64 = Buffer.from(
    JSON.stringify({ ...card, version: '1.0.0', protocolVersion: '0.3.0', capabilities: {}, skills: [] }),
  ).toString('base64')
  await api('imports.apply', { kind: 'a2a', files: [{ name: `found-${unique}.json`, contentBase64 }] })
  const { rows } = await api('agents.list', { q: unique })
  const slug = rows[0]?.slug ?? ''
  expect(rows).toEqual([expect.objectContaining({ lifecycle: 'discovered' })])
  await visit(page, `/gaps?agent=${slug}`)
  const gap = page.getByRole('link', { name: 'An agent nobody has adopted' })
  await gap.click()
  await page.getByRole('link', { name: 'Open the agent' }).click()
  await expect(page).toHaveURL(urls.agent(slug))
  await pressWithReason(page, 'Adopt', 'The claims team runs it')
  await expect(page.getByRole('button', { name: 'Activate' })).toBeVisible()
  await visit(page, `/gaps?agent=${slug}`)
  await expect(gap).toBeHidden()
})

test('retiring an agent says which bindings go with it, and revokes them', async ({ page, api, unique }) => {
  const { agent, tools } = await ownBindings(api, unique, 2)
  await visit(page, urls.agent(agent.slug))
  await page.getByRole('button', { name: 'Retire' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Its 2 bindings are revoked with it.')
  for (const { name } of tools) await expect(dialog).toContainText(name)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Replaced by another')
  await dialog.getByRole('button', { name: 'Retire' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAttribute('aria-disabled', 'true')
  const { rows } = await api('bindings.list', { agent: agent.slug })
  expect(rows.map(({ state }) => state)).toEqual(['revoked', 'revoked'])
  expect((await api('gaps.list', { agent: agent.slug })).rows).toEqual([])
})

test.describe('an auditor', () => {
  test.use({ who: 'mei' })

  test('reads everything, and each button that is not theirs says why', async ({ page }) => {
    for (const [path, buttons] of [
      [urls.agents(), ['New agent']],
      [urls.tools(), ['New tool']],
      [urls.enforcementPoints(), ['New enforcement point']],
      [urls.bindings(), ['New binding']],
      [urls.teams(), ['New team']],
      [urls.people(), ['New person']],
      [urls.agent('claims-payer'), ['Edit', 'Suspend', 'Retire']],
      [urls.enforcementPoint('claims-core'), ['Edit']],
      [urls.gaps(), ['Evaluate now']],
    ] as const) {
      await visit(page, path)
      for (const name of buttons) {
        const button = page.getByRole('button', { name, exact: true })
        await expect(button, `${name} on ${path}`).toHaveAttribute('aria-disabled', 'true')
        await expect(button).toHaveAccessibleDescription(/needs the role/)
      }
    }
  })
})
