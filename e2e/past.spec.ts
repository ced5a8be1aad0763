import { asOfParameter } from '@/lib/history/model'
import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** Waits until a second is over, for the field of the page knows no less; returns an instant within it. */
async function afterSecond(): Promise<Date> {
  const start = Math.ceil(Date.now() / 1000) * 1000
  await expect.poll(() => Date.now()).toBeGreaterThan(start)
  return new Date(start)
}

test('an agent is looked at as it was, nothing can be changed there, and the way back is on every page', async ({
  page,
  api,
  unique,
}) => {
  const { agent, tools } = await ownBindings(api, unique)
  const tool = tools[0]?.slug ?? ''
  await api('teams.create', { name: `Before ${unique}`, function: 'application' })
  await api('teams.create', { name: `After ${unique}`, function: 'application' })
  const own = (team: string) =>
    api('assignments.create', {
      targets: [{ layer: 'enforcement', scope: 'tool', subject: tool }],
      team: `${team}-${unique}`,
      reason: 'They run it',
    })
  await own('before')
  const then = await afterSecond()
  await afterSecond()
  await own('after')
  const { version } = await api('agents.get', { slug: agent.slug })
  await api('agents.update', { slug: agent.slug, version, name: `Renamed ${unique}` })

  await visit(page, urls.tool(tool))
  await expect(page.getByRole('link', { name: `After ${unique}` }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Look at the past' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look at the past' })).toBeVisible()
  await page.getByLabel('Day and time').fill(then.toISOString().slice(0, 19))
  await page.getByRole('button', { name: 'Look at it' }).click()
  const bar = page.getByRole('region', { name: 'You are looking at the past' })
  await expect(bar).toContainText(then.toISOString().slice(0, 16).replace('T', ' '))

  await visit(page, urls.tool(tool))
  await expect(page.getByRole('link', { name: `Before ${unique}` }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: `After ${unique}` })).toHaveCount(0)
  await visit(page, urls.agent(agent.slug))
  await expect(page.getByRole('heading', { level: 1, name: agent.name })).toBeVisible()
  await visit(page, urls.matrix({ text: agent.name }))
  await expect(page.getByText(`Before ${unique}`).first()).toBeVisible()
  const refused = await page.request.post('/api/v1/teams', {
    data: { name: `Never ${unique}`, function: 'application' },
    headers: { origin: new URL(page.url()).origin },
  })
  expect(refused.status()).toBe(409)
  expect(await refused.json()).toMatchObject({ detail: /the past/ })

  await bar.getByRole('link', { name: 'Back to the present' }).click()
  await expect(bar).toHaveCount(0)
  await visit(page, urls.agent(agent.slug))
  await expect(page.getByRole('heading', { level: 1, name: `Renamed ${unique}` })).toBeVisible()

  // A link of a colleague leads to the same.
  await visit(page, `${urls.agent(agent.slug)}?${asOfParameter}=${then.toISOString()}`)
  await expect(page.getByRole('heading', { level: 1, name: agent.name })).toBeVisible()
  await expect(bar).toBeVisible()
})

test('an instant that cannot be shown is refused with the reason', async ({ page, api }) => {
  await visit(page, `${urls.matrix()}?${asOfParameter}=2001-01-01`)
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was recorded before' })).toBeVisible()
  await visit(page, `${urls.matrix()}?${asOfParameter}=yesterday`)
  await expect(page.getByRole('alert').filter({ hasText: 'no instant' })).toBeVisible()
  const { now } = await api('history.span', {})
  const ask = async (asOf: string) => {
    const response = await page.request.get(`/api/v1/agents?${asOfParameter}=${encodeURIComponent(asOf)}`)
    return [response.status(), (await response.json()).detail] as const
  }
  expect(await ask('nonsense')).toEqual([400, expect.stringContaining('2026-03-03')])
  expect(await ask('2001-01-01')).toEqual([400, expect.stringContaining('Nothing was recorded before')])
  expect(await ask(new Date(Date.parse(now) + 86_400_000 * 2).toISOString())).toEqual([
    400,
    expect.stringContaining('future'),
  ])
})
