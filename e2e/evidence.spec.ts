import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { urls } from '@/lib/urls'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('an auditor takes a bundle away and verifies it in the offline page, without a network', async ({
  as,
  api,
  browser,
}) => {
  test.setTimeout(180_000)
  await api('log.checkpoint', {})
  await expect.poll(async () => (await api('log.get', {})).newest?.state ?? null, { timeout: 60_000 }).not.toBeNull()
  const { newest, keys } = await api('log.get', {})

  const auditor = await as('mei')
  await visit(auditor, urls.evidence())
  await auditor.getByLabel('Earlier checkpoint').fill(newest?.note ?? '')
  const saving = auditor.waitForEvent('download')
  await auditor.getByRole('button', { name: 'Make and save' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^pentarch-evidence-\d{4}-\d\d-\d\d-.*\.zip$/)
  const bundle = await readFile(await saved.path())
  await expect(auditor.getByRole('table', { name: 'Evidence bundles' }).getByText('matrix, gaps').first()).toBeVisible()

  const laptop = await browser.newContext({ offline: true })
  const verifier = await laptop.newPage()
  await verifier.goto(pathToFileURL(path.resolve('public/verify.html')).href)
  await verifier.getByLabel('Public key of the log').fill(keys.map(({ verifierKey }) => verifierKey).join('\n'))
  await verifier.getByText('An earlier checkpoint that you kept').click()
  await verifier.getByLabel('Earlier checkpoint').fill(newest?.note ?? '')
  const give = (name: string, buffer: Buffer) =>
    verifier.getByLabel('The bundle').setInputFiles({ name, mimeType: 'application/zip', buffer })
  await give('evidence.zip', bundle)
  await expect(verifier.getByText('evidence.zip is intact.')).toBeVisible({ timeout: 60_000 })
  await expect(verifier.getByText('✓ Whole')).toBeVisible()
  await expect(verifier.getByText('since the checkpoint that you hold')).toBeVisible()

  const touched = Buffer.from(bundle)
  const place = Math.floor(touched.length / 2)
  touched[place] = (touched[place] ?? 0) ^ 1
  await give('touched.zip', touched)
  await expect(verifier.getByText('touched.zip does not hold.')).toBeVisible({ timeout: 60_000 })
  await laptop.close()
})

test('what cannot be asked for is said beside the button', async ({ page, noise }) => {
  noise.expect(/422|400/)
  await visit(page, urls.evidence())
  await page.getByLabel('Earlier checkpoint').fill('yesterday')
  await page.getByRole('button', { name: 'Make and save' }).click()
  await expect(page.getByText('Earlier checkpoint: paste it as it was given, or write its size.')).toBeVisible()
  await page.getByLabel('Earlier checkpoint').fill('999999999')
  await page.getByRole('button', { name: 'Make and save' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'it cannot be proved from 999999999' })).toBeVisible()
})
