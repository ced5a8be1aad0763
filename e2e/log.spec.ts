import { gitCredential, startGitServer } from '@/lib/transparency/witnesses/testing/git-server'
import { urls } from '@/lib/urls'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

test.use({ who: 'farid' })

test('a checkpoint is signed on demand, and everybody can fetch it without signing in', async ({
  page,
  playwright,
  baseURL,
}) => {
  await visit(page, urls.log())
  await page.getByRole('button', { name: 'Checkpoint now' }).click()
  await expect(page.getByText('A checkpoint is being made.')).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('region', { name: 'Newest checkpoint' }).getByText('matrix')).toBeVisible({
      timeout: 1000,
    })
  }).toPass()
  const nobody = { storageState: { cookies: [], origins: [] } }
  const stranger = await playwright.request.newContext({ ...nobody, ...(baseURL && { baseURL }) })
  const checkpoint = await stranger.get('/api/v1/log/checkpoint')
  expect(checkpoint.headers()['content-type']).toBe('text/plain; charset=utf-8')
  expect(await checkpoint.text()).toMatch(/^pentarch\/[0-9a-f-]{36}\n[0-9]+\n[A-Za-z0-9+/=]{44}\n\n— pentarch\//)
  expect((await stranger.get('/api/v1/log/tile/entries/000')).status()).toBe(401)
  await stranger.dispose()
})

test('a verification finds the log as it was written', async ({ page }) => {
  await visit(page, urls.log())
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('events are as they were logged')).toBeVisible({ timeout: 1000 })
  }).toPass()
})

test('tiles and entries come as bytes, at the paths of the specification', async ({ page }) => {
  await visit(page, urls.log())
  const keys = await page.request.get('/api/v1/log/keys')
  expect(await keys.json()).toMatchObject({
    keys: expect.arrayContaining([
      expect.objectContaining({ verifierKey: expect.stringMatching(/^pentarch\/.+\+[0-9a-f]{8}\+/) }),
    ]),
  })
  const tile = await page.request.get('/api/v1/log/tile/0/000.p/1')
  expect(tile.headers()['content-type']).toBe('application/octet-stream')
  expect((await tile.body()).length).toBe(32)
  const entries = await page.request.get('/api/v1/log/tile/entries/000.p/1')
  const body = await entries.body()
  expect(body.readUInt16BE(0)).toBe(body.length - 2)
  expect(JSON.parse(body.subarray(2).toString())).toMatchObject({ version: 1, index: 0, previous: null })
  expect((await page.request.get('/api/v1/log/tile/9/000')).status()).toBe(404)
})

test('a git repository keeps each checkpoint as a commit, and what is wrong with it is said', async ({
  as,
  noise,
  unique,
}) => {
  noise.expect(/status of 400/)
  const git = await startGitServer()
  try {
    const name = `Internal audit ${unique}`
    const admin = await as('leila')
    await visit(admin, urls.log())
    await admin.getByRole('button', { name: 'Add witness' }).click()
    const dialog = admin.getByRole('dialog', { name: 'Add witness' })
    await dialog.getByText('Git repository', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog.getByText('Where the repository is')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://somebody:secret@git.example/log.git')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog.getByText('user name and token have fields of their own')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Address' }).fill(await git.repository('log'))
    await dialog.getByRole('textbox', { name: 'Branch' }).fill('pentarch/checkpoints')
    await dialog.getByRole('textbox', { name: 'User name' }).fill(gitCredential.user)
    await dialog.getByLabel('Token', { exact: true }).fill(gitCredential.token)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog).toHaveCount(0)

    await admin.getByRole('button', { name: 'Checkpoint now' }).click()
    const row = admin.getByRole('region', { name: 'Witnesses' }).getByRole('row').filter({ hasText: name })
    await expect(async () => {
      await admin.reload()
      await expect(row.getByRole('cell').nth(2)).toHaveText(/^[\d,]+$/, { timeout: 1000 })
    }).toPass()
    const kept = await git.git('log', 'show', 'pentarch/checkpoints:checkpoint')
    expect(kept).toMatch(/^pentarch\/[0-9a-f-]{36}\n[0-9]+\n[A-Za-z0-9+/=]{44}\n\n— pentarch\//)
    expect(await admin.content()).not.toContain(gitCredential.token)

    await settled(admin)
    await row.getByRole('button', { name: `Remove ${name}` }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(row).toHaveCount(0)
  } finally {
    await git.close()
  }
})
