import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { verifyPage } from './verify-page'

it('is what public/verify.html is; run tsx scripts/verify-page.ts after changing the verifier', async () => {
  const written = await readFile('public/verify.html', 'utf8')
  expect(written === (await verifyPage()), 'public/verify.html is what the sources give').toBe(true)
})
