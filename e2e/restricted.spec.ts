import { request } from '@playwright/test'
import { urls } from '@/lib/urls'
import { baseUrl, sessionOf } from './support/accounts'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('a lead restricts an agent: others do not know of it any more, and it comes back', async ({
  page,
  as,
  api,
  unique,
}) => {
  const agent = await api('agents.create', { name: `Hush ${unique}`, sponsor: 'farid.rahmani' })
  const tool = await api('tools.create', { name: `Open ${unique}` })
  await api('bindings.create', { agent: agent.slug, tool: tool.slug })
  const chidi = await as('chidi')
  await visit(chidi, urls.agent(agent.slug))
  await chidi.getByRole('button', { name: 'Edit' }).click()
  await expect(chidi.getByRole('switch', { name: 'Restricted' })).toBeDisabled()
  await expect(chidi.getByRole('dialog')).toContainText('Only governance leads and admins restrict who knows of it.')

  await visit(page, urls.agent(agent.slug))
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('switch', { name: 'Restricted' }).press('Space')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('main').getByRole('img', { name: 'Restricted' })).toBeVisible()

  await visit(chidi, urls.agent(agent.slug))
  await expect(chidi.getByRole('heading', { name: 'Not found' })).toBeVisible()
  for (const path of [
    urls.agents({ text: unique }),
    `/matrix?state=requested&text=${unique}`,
    urls.tool(tool.slug),
    `/audit?about=tool:${tool.slug}`,
  ]) {
    await visit(chidi, path)
    await expect(chidi.getByRole('main')).not.toContainText(`Hush ${unique}`)
    await visit(page, path)
    await expect(page.getByRole('main')).toContainText(`Hush ${unique}`)
  }
  const session = await request.newContext({ baseURL: baseUrl(), storageState: sessionOf('chidi') })
  const gone = await session.get(`/api/v1/agents/${agent.slug}`)
  const never = await session.get(`/api/v1/agents/${agent.slug}-never`)
  expect([gone.status(), never.status()]).toEqual([404, 404])
  const found = await session.get(`/api/v1/search?q=${unique}`)
  expect(await found.text()).not.toContain(agent.slug)
  await session.dispose()

  const { version } = await api('agents.get', { slug: agent.slug })
  await api('agents.update', { slug: agent.slug, version, restricted: false })
  await visit(chidi, urls.agent(agent.slug))
  await expect(chidi.getByRole('heading', { level: 1, name: `Hush ${unique}` })).toBeVisible()
})
