import { request } from '@playwright/test'
import { createApi } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { baseUrl } from './support/accounts'
import { ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: 'leila' })

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** A PatchOp message of one operation. */
const patchOf = (operation: object) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [operation],
})

/** A SCIM client with this token. */
async function scimClient(token: string) {
  const client = await request.newContext({
    baseURL: baseUrl(),
    extraHTTPHeaders: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    storageState: { cookies: [], origins: [] },
  })
  const send = async (method: string, path: string, data?: object) => {
    const answer = await client.fetch(`/scim/v2${path}`, { method, ...(data && { data: JSON.stringify(data) }) })
    const text = await answer.text()
    return { status: answer.status(), body: text === '' ? {} : JSON.parse(text) }
  }
  return { send, end: () => client.dispose() }
}

test('an identity provider brings people and a team, lets them go, and is held when too many go at once', async ({
  page,
  api,
  unique,
}) => {
  await visit(page, urls.tokens())
  await page.getByRole('button', { name: 'New token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`Entra ${unique}`)
  await dialog.getByRole('checkbox', { name: 'Read', exact: true }).uncheck()
  await dialog.getByRole('checkbox', { name: 'Provisioning', exact: true }).check()
  await dialog.getByRole('button', { name: 'Make token' }).click()
  const token = await dialog.getByRole('textbox', { name: 'Token' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()

  // The token opens SCIM and nothing else.
  const narrow = createApi({ url: baseUrl(), headers: { authorization: `Bearer ${token}` } })
  await expect(narrow('people.list', {})).rejects.toThrow('lacks the scope "read"')
  const scim = await scimClient(token)
  expect((await scim.send('GET', `/Users?filter=userName eq "${unique}1@scim.example"`)).body.totalResults).toBe(0)
  const ids: string[] = []
  for (let number = 1; number <= 12; number++) {
    const userName = `${unique}${number}@scim.example`
    const user = { schemas: [userUrn], userName, displayName: `Scim ${number} ${unique}`, active: true }
    const { status, body } = await scim.send('POST', '/Users', user)
    expect(status).toBe(201)
    ids.push(body.id)
  }
  const [first = ''] = ids
  const last = ids.at(-1) ?? ''
  const group = await scim.send('POST', '/Groups', { schemas: [groupUrn], displayName: `Team ${unique}` })
  const members = { op: 'Add', path: 'members', value: [{ value: first }, { value: last }] }
  expect((await scim.send('PATCH', `/Groups/${group.body.id}`, patchOf(members))).status).toBe(200)

  const { agent } = await ownBindings(api, unique)
  const targets = [{ layer: 'identity', scope: 'agent', subject: agent.slug }] as const
  await api('assignments.create', {
    targets: [...targets],
    team: `team-${unique}`,
    person: `${unique}1`,
    reason: 'They know it',
  })
  await visit(page, urls.team(`team-${unique}`))
  await expect(page.getByRole('link', { name: `Scim 12 ${unique}` }).first()).toBeVisible()

  // The first ten leave as the provider says; what they answer for is orphaned.
  const deactivate = patchOf({ op: 'Replace', path: 'active', value: 'False' })
  for (const id of ids) {
    const { status, body } = await scim.send('PATCH', `/Users/${id}`, deactivate)
    expect(status).toBe(200)
    expect(body.active).toBe(false)
  }
  await visit(page, urls.person(`${unique}1`))
  await expect(page.getByText('Left', { exact: true }).first()).toBeVisible()
  await visit(page, urls.gaps({ rule: 'owner-orphaned', text: unique }))
  await expect(page.getByRole('table', { name: 'Gaps' })).toContainText(`Scim 1 ${unique}`)

  // Beyond the threshold they wait.
  await visit(page, urls.person(`${unique}12`))
  await expect(page.getByRole('region', { name: 'Departure held' })).toBeVisible()
  await visit(page, urls.provisioning())
  const held = page.getByRole('list', { name: 'Departures held' })
  await expect(held).toContainText(`Scim 12 ${unique}`)
  await expect(page.getByRole('table', { name: 'Last requests' })).toContainText('Taken (200)')
  await page.getByRole('button', { name: 'Confirm departures' }).click()
  const confirming = page.getByRole('dialog')
  await confirming.getByRole('textbox', { name: 'Reason' }).fill('The office was closed')
  await confirming.getByRole('button', { name: 'Confirm departures' }).click()
  await expect(page.getByText('Nobody waits.')).toBeVisible()
  await visit(page, urls.person(`${unique}12`))
  await expect(page.getByText('Left', { exact: true }).first()).toBeVisible()
  await scim.end()
})
