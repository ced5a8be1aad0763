import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { testBundle, testLog } from '@/lib/evidence/testing/bundle'
import { signer } from '@/lib/evidence/testing/log'
import { containerOf, filesIn, linesIn, signedAnew, withLines } from '@/lib/evidence/testing/tampering'
import { formatVerifierKey } from '@/lib/transparency/verifier-key'

/** The verifier as an auditor has it: one file, opened from disk, without a network. */

const page = pathToFileURL(path.resolve('public/verify.html')).href
const key = formatVerifierKey(signer.key)
let bundle: Uint8Array

test.beforeAll(async () => {
  bundle = await testBundle({ at: { since: 12 } })
})

async function openVerifier(context: BrowserContext): Promise<Page> {
  await context.setOffline(true)
  const opened = await context.newPage()
  const complaints: string[] = []
  opened.on('console', (message) => complaints.push(message.text()))
  opened.on('pageerror', (error) => complaints.push(error.message))
  await opened.goto(page)
  await expect(opened.getByRole('heading', { level: 1 })).toHaveText('Verify an evidence bundle')
  expect(complaints).toEqual([])
  return opened
}

const give = (opened: Page, name: string, bytes: Uint8Array) =>
  opened.getByLabel('The bundle').setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) })

test('says of a good bundle that it is intact, whole and unwitnessed, and what it cannot know', async ({ context }) => {
  const opened = await openVerifier(context)
  await opened.getByLabel('Public key of the log').fill(key)
  await opened.getByText('An earlier checkpoint that you kept').click()
  await opened.getByLabel('Earlier checkpoint').fill(testLog().noteAt(12))
  await give(opened, 'good.zip', bundle)
  const result = opened.getByRole('region', { name: 'Result' })
  await expect(result.getByText('good.zip is intact.')).toBeVisible()
  await expect(result.getByText('✓ Unchanged')).toBeVisible()
  await expect(result.getByText('✓ Whole')).toBeVisible()
  await expect(result.getByText('◐ Not witnessed')).toBeVisible()
  await expect(result.getByText('since the checkpoint that you hold (12 events)')).toBeVisible()
  await expect(result.getByRole('heading', { name: 'What this cannot know' })).toBeVisible()
})

test('says what is wrong with a key, and takes the bundle’s own only with a remark', async ({ context }) => {
  const opened = await openVerifier(context)
  await opened.getByLabel('Public key of the log').fill('pentarch/x+00000000+AAAA')
  await give(opened, 'good.zip', bundle)
  await expect(opened.getByRole('alert').first()).toContainText('verifier key')
  await opened.getByLabel('Public key of the log').fill('')
  await opened.getByRole('button', { name: 'Verify' }).press('Enter')
  await expect(opened.getByText('◐ Unchanged, by its own key')).toBeVisible()
})

test('is readable by everybody, in light and dark, and on a phone', async ({ browser }) => {
  test.setTimeout(180_000)
  for (const options of [{}, { colorScheme: 'dark' as const }, { viewport: { width: 390, height: 800 } }]) {
    const context = await browser.newContext(options)
    const opened = await openVerifier(context)
    for (const [name, bytes, says] of [
      ['good.zip', bundle, 'good.zip is intact.'],
      ['short.zip', bundle.subarray(0, -1), 'short.zip does not hold.'],
    ] as const) {
      await give(opened, name, bytes)
      await expect(opened.getByText(says)).toBeVisible()
      const { violations } = await new AxeBuilder({ page: opened })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const overflow = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    }
    await context.close()
  }
})

/** Bundles that somebody has touched, each with the check that has to stop it. */
async function touched(): Promise<{ bytes: Uint8Array; check: string }[]> {
  const files = await filesIn(bundle)
  const dropped = files.map((_, at) => ({ bytes: containerOf(files.toSpliced(at, 1)), check: 'manifest' }))
  const swapped = files.slice(1).map((file, at) => {
    const before = files[at] ?? file
    return { bytes: containerOf(files.with(at, file).with(at + 1, before)), check: 'manifest' }
  })
  const rows = linesIn(files, 'data/matrix.ndjson')
  const forged = rows.slice(0, 12).map((row, at) => {
    const lines = rows.with(at, row.replace('production', 'staging'))
    return { bytes: signedAnew(withLines(files, 'data/matrix.ndjson', lines)), check: 'rows' }
  })
  const cut = [1, 2, 30, 500].map((bytes) => ({ bytes: bundle.subarray(0, -bytes), check: 'container' }))
  const extra = { name: 'data/extra.ndjson', content: Buffer.from('{}\n') }
  const added = files.map((_, at) => ({ bytes: containerOf(files.toSpliced(at, 0, extra)), check: 'manifest' }))
  return [...dropped, ...added, ...swapped, ...forged, ...cut]
}

test('refuses bundles that were touched, each with the first thing that does not hold', async ({ context }) => {
  test.setTimeout(300_000)
  const opened = await openVerifier(context)
  await opened.getByLabel('Public key of the log').fill(key)
  for (const [at, { bytes, check }] of (await touched()).entries()) {
    await give(opened, `touched-${at}.zip`, bytes)
    await expect(opened.getByText(`touched-${at}.zip does not hold.`)).toBeVisible()
    await expect(opened.getByRole('heading', { name: 'The first thing that does not hold' })).toBeVisible()
    await expect(opened.getByRole('definition').first()).toHaveText(check)
  }
  await give(opened, 'good.zip', bundle)
  await expect(opened.getByText('good.zip is intact.')).toBeVisible()
})

/** Some in every run; PENTARCH_FLIPS=2000 takes minutes. */
const flips = Number(process.env.PENTARCH_FLIPS ?? 300)

/** Has the page verify a bundle again and again, another bit flipped each time; the places where it still held. */
const heldThough = (opened: Page) =>
  opened.evaluate(
    async ({ text, flips }) => {
      const input = document.querySelector<HTMLInputElement>('#file')
      const result = document.querySelector('#result')
      if (!input || !result) throw new Error('This is not the page')
      const good = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
      const held: number[] = []
      for (let at = 0; at < flips; at += 1) {
        const place = (at * 104_729) % good.length
        const bytes = good.slice()
        bytes[place] = (bytes[place] ?? 0) ^ (1 << (at % 8))
        const chosen = new DataTransfer()
        chosen.items.add(new File([bytes], `flipped-${at}.zip`))
        input.files = chosen.files
        const over = new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            if (result.getAttribute('aria-busy') !== 'false') return
            observer.disconnect()
            resolve()
          })
          observer.observe(result, { attributeFilter: ['aria-busy'] })
        })
        input.dispatchEvent(new Event('change'))
        await over
        if (!result.textContent.includes(`flipped-${at}.zip does not hold.`)) held.push(place)
      }
      return held
    },
    { text: Buffer.from(bundle).toString('base64'), flips },
  )

test(`refuses ${flips} bundles of which one bit was flipped`, async ({ context }) => {
  test.setTimeout(1_800_000)
  const opened = await openVerifier(context)
  await opened.getByLabel('Public key of the log').fill(key)
  expect(await heldThough(opened)).toEqual([])
  await give(opened, 'good.zip', bundle)
  await expect(opened.getByText('good.zip is intact.')).toBeVisible()
})
