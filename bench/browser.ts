import { chromium } from '@playwright/test'
import { findChromium } from '@/scripts/support/chromium'
import type { Teardown } from '@/scripts/support/teardown'
import { type Figure, within } from './figures'
import { time } from './measure'
import type { Visitor } from './visitor'

/** How soon a person sees and can use the matrix: from the address to the first row, and to a filter that answers. */
export async function* measureBrowser(
  teardown: Teardown,
  section: string,
  url: string,
  visitor: Visitor,
): AsyncGenerator<Figure> {
  const executablePath = await findChromium(teardown)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await teardown.hold(chromium.launch({ executablePath, args }), (held) => held.close())
  const context = await browser.newContext()
  await context.addCookies([{ ...visitor.cookie, url }])
  const page = await context.newPage()
  const open = (target: string) => async () => {
    await page.goto(`${url}${target}`, { waitUntil: 'commit' })
    await page.getByRole('grid').getByRole('rowheader').first().waitFor()
  }
  const some = { warmUp: 2, runs: 10 }
  yield within(
    section,
    'browser: from the address of the matrix to its first row',
    await time(open('/matrix'), some),
    1_000,
  )
  yield within(section, 'browser: the same, unowned only', await time(open('/matrix?status=unowned'), some), 1_000)
  await browser.close()
}
