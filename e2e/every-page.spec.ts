import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { urls } from '@/lib/urls'
import { everyPage } from './support/pages'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The rules that look at colours: all that another colour scheme can break. */
const ofColours = ['color-contrast', 'link-in-text-block']

async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(wcag)).analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')})`,
  )
}

/** Whether something makes the whole page scroll sideways; a table that scrolls in its own frame does not. */
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** Waits for colours on their way from one scheme to the other; what turns for ever is not waited for. */
const atRest = (page: Page) =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })

/** Notes what is wrong with a page and goes on with the next. */
const softly = expect.configure({ soft: true })

async function inspect(page: Page, path: string) {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await visit(page, path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  softly(await violationsOn(page), `${path} in light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await atRest(page)
  softly(await violationsOn(page, ofColours), `${path} in dark`).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await softly.poll(() => scrollsSideways(page), { message: `${path} scrolls sideways at 390 px` }).toBe(false)
  softly(await page.title(), path).toMatch(/\S · Pentarch$/)
}

// In a few tests, so that workers share them.
const parts = 20
for (let part = 0; part < parts; part += 1) {
  test(`every page can be perceived, operated and read on a phone (${part + 1} of ${parts})`, async ({ page, api }) => {
    test.slow()
    const paths = (await everyPage(api)).filter((_, index) => index % parts === part)
    for (const path of paths) await inspect(page, path)
  })
}

test.describe('without signing in', () => {
  test.use({ who: null })
  test('so can the pages that come before', async ({ page, noise }) => {
    // The link that opens the page of welcome is none.
    noise.expect(/status of 404/)
    for (const path of [urls.signIn(), urls.signInRefused('no_role'), urls.signedIn(), urls.welcome('none')])
      await inspect(page, path)
  })
})

test('what is not there says so, and leads back', async ({ page, noise }) => {
  noise.expect(/status of 404/)
  for (const path of [urls.agent('no-such-agent'), urls.gap('00000000-0000-7000-8000-000000000000'), '/no-such-page']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/not (?:found|there)|no such/i)
    expect(await violationsOn(page), path).toEqual([])
  }
})
